/// <reference lib="esnext.disposable" preserve="true" />
/** A verifier, as its users see it. */
import type { BackendReport } from '../kdf/select.js';
import type { Companions, Credential, Password, StoredCredential, Verdict } from '../types.js';
import type { AnyVerdict } from './any.js';
import type { UnknownUserVerdict } from './equalize-work.js';
import type { ManyInput, ManyOptions, ManyOutput } from './many.js';
import type { CallOptions, VerifyOptions } from './options.js';
import type { VerifierStats } from './stats.js';
import type { Save, UpgradeVerdict } from './upgrade.js';

export interface Verifier extends AsyncDisposable {
  /**
   * Never rejects for data: a row without a digest is the verdict `rejected` with ERR_DISABLED. Rejects with a TypeError
   * for wrong use.
   */
  verify(password: Password, credential: StoredCredential, options?: VerifyOptions): Promise<Verdict>;
  /**
   * Each row with its verdict, in the order of the rows; of a row that cannot be verified it is `rejected`, whatever the
   * row is. Reads no more than `concurrency` rows ahead, and none before it is iterated; a consumer that stops, stops the
   * source and the work under way. A source that throws is thrown after what was read before; an aborted `signal` gives
   * ERR_ABORTED to what was read, and is thrown if there was more.
   */
  verifyMany<Input extends ManyInput>(
    rows: Iterable<Input> | AsyncIterable<Input>,
    options?: ManyOptions,
  ): AsyncIterableIterator<ManyOutput<Input>>;
  /**
   * For tables that hold a digest without the name of its hasher: tries each hasher that `identify` names, five at most,
   * and says which one matched. A mismatch only where every one of them was tried; else `rejected`.
   */
  verifyAny(
    password: Password,
    passwordDigest: StoredCredential['passwordDigest'],
    companions?: Companions,
    options?: VerifyOptions,
  ): Promise<AnyVerdict>;
  /**
   * For an unknown user: takes as long as verifying a new digest, so that response times do not show who has an account.
   * @returns a mismatch, or the rejection that any user would get: full queue, abort, closed verifier, password too long.
   */
  verifyUnknownUser(password: Password, options?: VerifyOptions): Promise<UnknownUserVerdict>;
  /**
   * A new digest, as `upgradeTo` says, with a random salt.
   * @throws {DigestError} (as a rejection) ERR_PASSWORD where it would not count whole: for bcrypt over 72 bytes, or with
   * a NUL, which ends it for most other verifiers, and from 72 bytes with a pepper, which would have no effect;
   * ERR_QUEUE_FULL, ERR_ABORTED, ERR_CLOSED.
   */
  hash(password: Password, options?: CallOptions): Promise<Credential>;
  /** As the function `needsRehash`, by this verifier's registry and `upgradeTo`. */
  needsRehash(credential: StoredCredential): boolean;
  /**
   * Verifies; where the digest should be replaced by one of `upgradeTo`, and would be none the weaker for it, makes that
   * with low priority and has it saved. Nothing that goes wrong with the new digest makes less of a match.
   * @param save a compare-and-swap: writes `next` if `previous` is still there, and says whether it did.
   */
  verifyAndUpgrade(
    password: Password,
    credential: StoredCredential,
    save: Save,
    options?: VerifyOptions,
  ): Promise<UpgradeVerdict>;
  /** What it has done since it was made, and what it is doing. */
  stats(): VerifierStats;
  /** The state of each backend on this machine. */
  backends(): Promise<BackendReport[]>;
  /** Ends threads; calls after it, and costly ones under way, are rejected with ERR_CLOSED. */
  close(): Promise<void>;
}
