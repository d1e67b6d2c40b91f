/// <reference lib="esnext.disposable" preserve="true" />
/** A verifier: one registry, one set of limits, the backends of one platform, and all that a login path does with them. */
import type { Engine } from '../engine/engine.js';
import { createLife } from '../engine/life.js';
import { type DigestError, digestError } from '../errors.js';
import type { Catalogue } from '../kdf/contract.js';
import { type BackendReport, type CallOptions, selectBackends } from '../kdf/select.js';
import { limitsFrom, overLimit } from '../policy.js';
import { checkedCredential, type Registry } from '../registry.js';
import type { Cost, Credential, Password, Verdict } from '../types.js';
import { checkUse, type Setup, verifyNow } from '../verify.js';
import { hashWith } from './hash.js';
import { levelled, spend } from './level.js';
import { type ManyInput, type ManyOptions, type ManyOutput, verifyRows } from './many.js';
import {
  type Bounds,
  checkEqualize,
  checkOptions,
  normalizer,
  type VerifierOptions,
  type VerifyOptions,
} from './options.js';
import { type Peppered, withPepper } from './pepper.js';
import { createRecorder, type VerifierStats } from './stats.js';
import { type Target, targetOf } from './target.js';
import { type Save, type UpgradeVerdict, upgrade } from './upgrade.js';

export interface Verifier extends AsyncDisposable {
  /** Never rejects for data; rejects with a TypeError for wrong use. */
  verify(password: Password, credential: Credential, options?: VerifyOptions): Promise<Verdict>;
  /**
   * Each row with its verdict, in the order of the rows. Reads no more than `concurrency` rows ahead, and none before it
   * is iterated; a consumer that stops, stops the source and the work under way. A source that throws is thrown after
   * what was read before; an aborted `signal` gives ERR_ABORTED to what was read, and is thrown if there was more.
   */
  verifyMany<Input extends ManyInput>(
    rows: Iterable<Input> | AsyncIterable<Input>,
    options?: ManyOptions & VerifyOptions,
  ): AsyncIterableIterator<ManyOutput<Input>>;
  /**
   * For a user that there is not: spends what verifying a new digest would. A mismatch; or, as any user would get it, the
   * rejection of a full queue, an aborted signal, a closed verifier or a password over the limit.
   */
  verifyMissing(password: Password, options?: CallOptions): Promise<Verdict>;
  /**
   * A new digest, as `upgradeTo` says, with a random salt.
   * @throws {DigestError} (as a rejection) ERR_PASSWORD where it would not count whole: for bcrypt over 72 bytes, or with
   * a NUL, which ends it for most other verifiers; ERR_QUEUE_FULL, ERR_ABORTED, ERR_CLOSED.
   */
  hash(password: Password, options?: CallOptions): Promise<Credential>;
  /**
   * Verifies; where the digest should be replaced by one of `upgradeTo`, and would be none the weaker for it, makes that
   * with low priority and has it saved. Nothing that goes wrong with the new digest makes less of a match.
   * @param save a compare-and-swap: writes `next` if `previous` is still there, and says whether it did.
   */
  verifyAndUpgrade(
    password: Password,
    credential: Credential,
    save: Save,
    options?: VerifyOptions,
  ): Promise<UpgradeVerdict>;
  /** What it has done since it was made, and what it is doing. */
  stats(): VerifierStats;
  /** How each backend stands on this machine. */
  backends(): Promise<BackendReport[]>;
  /** Ends threads; calls after it, and costly ones under way, are rejected with ERR_CLOSED. */
  close(): Promise<void>;
}

/** What a platform brings: its backends, and where they run. */
export interface Platform {
  readonly catalogue: Catalogue;
  readonly registry: Registry;
  /** Holds nothing open before the first costly job. */
  engine(bounds: Bounds): Engine;
}

/** @throws {TypeError} on options that there are not, or that contradict each other. */
export function verifierOn(platform: Platform, options: VerifierOptions = {}): Verifier {
  checkOptions(options);
  const { threads, maxQueue, maxMemoryBytes, upgradeTo } = options;
  const { registry, pepper } = pepperedRegistry(options.registry ?? platform.registry, options.pepper);
  const limits = limitsFrom(options.limits);
  const normalized = normalizer(options.normalize, limits);
  const recorder = createRecorder(registry, options.hooks ?? {});

  const byDefault = pepper === undefined ? 'bcrypt' : 'bcrypt_peppered';
  let made: Target | undefined;
  /** Only when it is needed: a registry or limits that refuse bcrypt are fine for a verifier that never hashes. */
  function target(): Target {
    made ??= targetOf(registry, limits, upgradeTo === undefined ? byDefault : upgradeTo, pepper);
    return made;
  }
  if (upgradeTo !== undefined || options.equalize) target();

  const engine = platform.engine({
    ...(threads !== undefined && { threads }),
    ...(maxQueue !== undefined && { maxQueue }),
    ...(maxMemoryBytes !== undefined && { maxMemoryBytes }),
  });
  const refuse = (cost: Cost) => overLimit(undefined, cost, limits);
  const backends = selectBackends(platform.catalogue, options.backends, engine, refuse);
  const { within, end } = createLife();
  const setup: Setup = { registry, limits, backends, wanted: upgradeTo === undefined ? undefined : made, within };
  let closing: Promise<void> | undefined;

  function close(): Promise<void> {
    closing ??= engine.close();
    end();
    return closing;
  }

  async function verifyIn(
    where: Setup,
    given: Password,
    credential: Credential,
    call: VerifyOptions | undefined,
  ): Promise<Verdict> {
    if (closing !== undefined) return rejectedAsClosed();
    const equalize = call?.equalize ?? options.equalize;
    checkEqualize(equalize);
    // Reading the clock twice is a twentieth of verifying SHA-256, and says nothing there.
    let since = recorder.tellsVerified || equalize ? performance.now() : undefined;
    // What is spent comes after the verdict: the caller may have wiped the bytes by then.
    const password = equalize ? kept(normalized(given)) : normalized(given);
    const now = verifyNow(where, password, credential, call);
    let verdict: Verdict;
    if (now instanceof Promise) {
      since ??= performance.now();
      verdict = await now;
    } else {
      verdict = now;
    }
    if (equalize) {
      verdict = await levelled(where, target(), verdict, password, credential, call);
      forget(given, password);
    }
    recorder.verified(credential.passwordHasher, verdict, since);
    return verdict;
  }

  async function hashKept(password: Password, call: CallOptions | undefined): Promise<Credential> {
    checkUse(password, call);
    const since = performance.now();
    const { hasher } = target();
    try {
      if (closing !== undefined) throw closedError();
      const credential = await hashWith(setup, target(), password, call);
      recorder.hashed(hasher, undefined, since);
      return credential;
    } catch (error) {
      if (!(error instanceof TypeError)) recorder.hashed(hasher, error, since);
      throw error;
    }
  }

  const verifier: Omit<Verifier, typeof Symbol.asyncDispose> = {
    verify: (password, credential, call) => verifyIn(setup, password, credential, call),

    verifyMany(rows, many = {}) {
      const { concurrency, signal, ...call } = many;
      return verifyRows(rows, { concurrency, signal }, maxQueue ?? Number.POSITIVE_INFINITY, (row, halt) =>
        verifyIn(setup, row.password, row, { ...call, signal: halt }),
      );
    },

    async verifyMissing(given, call) {
      checkUse(given, call);
      const { hasher } = target();
      if (closing !== undefined) return rejectedAsClosed();
      const since = performance.now();
      const verdict = await spend(setup, target(), 1, normalized(given), call);
      recorder.missed(hasher, verdict, since);
      return verdict;
    },

    hash: async (password, call) => hashKept(normalized(password), call),

    async verifyAndUpgrade(given, credential, save, call) {
      if (typeof save !== 'function')
        throw new TypeError('save must be a function (next, previous) => Promise<boolean>');
      checkUse(given, call);
      const { passwordHasher, passwordDigest } = checkedCredential(credential);
      const previous: Credential = { passwordHasher, passwordDigest };
      // The new digest comes after the verdict: the caller may have wiped the bytes by then.
      const password = kept(given);
      try {
        const verdict = await verifyIn({ ...setup, wanted: target() }, password, previous, call);
        if (verdict.outcome !== 'match') return verdict;
        if (verdict.rehash.length === 0) return { ...verdict, upgraded: false };
        const since = performance.now();
        const hashed = () => hashKept(normalized(password), { signal: call?.signal, priority: 'low' });
        const done = await upgrade(hashed, save, previous);
        recorder.upgraded(passwordHasher, target().hasher, done, since);
        return {
          ...verdict,
          upgraded: done.outcome === 'saved',
          ...('error' in done && { upgradeError: done.error }),
        };
      } finally {
        forget(given, password);
      }
    },

    stats: () => recorder.stats(engine.stats()),
    backends: () => backends.report(),
    close,
  };
  // Browsers before 2025 have no such symbol, and no `await using` either.
  return Object.assign(verifier, { [Symbol.asyncDispose ?? 'close']: close }) as Verifier;
}

function pepperedRegistry(
  registry: Registry,
  pepper: string | undefined,
): Partial<Peppered> & Pick<Peppered, 'registry'> {
  return pepper === undefined ? { registry } : withPepper(registry, pepper);
}

/** A password for longer than the caller may keep it. */
function kept(password: Password): Password {
  return password instanceof Uint8Array ? new Uint8Array(password) : password;
}

/** Wipes what `kept` copied, and nothing of the caller's. */
function forget(given: Password, own: Password): void {
  if (own !== given && own instanceof Uint8Array) own.fill(0);
}

function closedError(): DigestError {
  return digestError('ERR_CLOSED', 'the verifier is closed');
}

function rejectedAsClosed(): Verdict {
  return { outcome: 'rejected', error: closedError() };
}
