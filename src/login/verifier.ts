/// <reference lib="esnext.disposable" preserve="true" />
/** A verifier: one registry, one set of limits, the backends of one platform, and all that a login path does with them. */
import { isBytes, isThenable } from '../encoding/brand.js';
import { describeReceived } from '../encoding/received.js';
import type { Engine } from '../engine/engine.js';
import { closedError, createLife } from '../engine/life.js';
import { DigestError } from '../errors.js';
import type { Catalogue } from '../kdf/contract.js';
import { type BackendReport, selectBackends } from '../kdf/select.js';
import { limitsFrom, overLimit } from '../policy.js';
import type { Registry } from '../registry.js';
import type { Cost, Credential, Password, RehashReason, StoredCredential, Verdict } from '../types.js';
import { checkPassword, ownBytes, type Setup, takeCredential, verifyNow } from '../verify.js';
import { type AnyVerdict, type Companions, decide, listCredentials, type Tried } from './any.js';
import { CALL_OPTIONS, type Call, readCall, VERIFY_OPTIONS } from './call.js';
import { burnWork, equalizeWork, estimateCostMs, type Rejection, type UnknownUserVerdict } from './equalize-work.js';
import { hashWith } from './hash.js';
import { type ManyInput, type ManyOptions, type ManyOutput, takeRow, verifyRows } from './many.js';
import { needsRehashFor } from './needs-rehash.js';
import {
  type Bounds,
  type CallOptions,
  checkOptions,
  normalizer,
  type VerifierOptions,
  type VerifyOptions,
} from './options.js';
import { type Peppered, withPepper } from './pepper.js';
import { createRecorder, type VerifierStats } from './stats.js';
import { type Save, type UpgradeVerdict, upgrade } from './upgrade.js';
import { createUpgradeScheme, type UpgradeScheme } from './upgrade-scheme.js';

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
   * For an unknown user: spends what verifying a new digest would. A mismatch; or, as any user would get it, the
   * rejection of a full queue, an aborted signal, a closed verifier or a password over the limit.
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

/** What a platform brings: its backends, and where they run. */
export interface Platform {
  readonly catalogue: Catalogue;
  readonly registry: Registry;
  /** Holds nothing open before the first costly job. */
  engine(bounds: Bounds): Engine;
}

const NORMALIZATION: readonly RehashReason[] = Object.freeze([
  { reason: 'normalization', message: 'password matched as typed, not in its normalized form' },
]);

/** @throws {TypeError} on unknown options, or ones that contradict each other. */
export function createVerifierFor(platform: Platform, given?: VerifierOptions): Verifier {
  const options = checkOptions(given);
  const { threads, maxQueue, maxMemoryBytes, upgradeTo } = options;
  const { registry, pepper } = addPepper(options.registry ?? platform.registry, options.pepper);
  const limits = limitsFrom(options.limits);
  const formsOf = normalizer(options.normalize, limits);
  const recorder = createRecorder(registry, options.hooks ?? {});

  const byDefault = pepper === undefined ? 'bcrypt' : 'bcrypt_peppered';
  let made: UpgradeScheme | undefined;
  /** Only when it is needed: a registry or limits that refuse bcrypt are fine for a verifier that never hashes. */
  function target(): UpgradeScheme {
    made ??= createUpgradeScheme(registry, limits, upgradeTo === undefined ? byDefault : upgradeTo, pepper);
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

  /**
   * Each form of the password in turn until one is not a mismatch.
   * @param count of the forms that were derived.
   */
  function tryForms(
    where: Setup,
    forms: readonly Password[],
    credential: Credential,
    call: Call,
    count: { attempts: number },
  ): Verdict | Promise<Verdict> {
    const first = forms[0] as Password;
    const second = forms[1];
    count.attempts++;
    const now = verifyNow(where, first, credential, call);
    if (second === undefined) return now;
    const again = (verdict: Verdict): Verdict | Promise<Verdict> => {
      if (verdict.outcome !== 'mismatch') return verdict;
      count.attempts++;
      return verifyNow({ ...where, reasons: NORMALIZATION }, second, credential, call);
    };
    return isPromise(now) ? now.then(again) : again(now);
  }

  /** @param taken the reason, if the credential is missing. */
  async function verifyIn(
    where: Setup,
    given: Password,
    taken: Credential | DigestError,
    call: Call,
  ): Promise<Verdict> {
    if (closing !== undefined) return rejectAsClosed();
    const equalize = call.equalize ?? options.equalize;
    // Reading the clock twice is a twentieth of verifying SHA-256, and says nothing there.
    let since = recorder.hasVerifyHook || equalize ? performance.now() : undefined;
    // What is spent comes after the verdict: the caller may have wiped the bytes by then.
    const password = equalize ? copyPassword(given) : given;
    const forms = formsOf(password);
    const count = { attempts: 0 };
    const refused = taken instanceof DigestError;
    const now = refused ? reject(taken) : tryForms(where, forms, taken, call, count);
    let verdict: Verdict;
    if (isPromise(now)) {
      since ??= performance.now();
      verdict = await now;
    } else {
      verdict = now;
    }
    if (equalize) {
      const costly = !refused && verdict.outcome !== 'rejected';
      const effort = {
        spentMs: costly ? count.attempts * estimateCostMs(where, taken) : 0,
        wanted: verdict.outcome === 'match' ? count.attempts : forms.length,
      };
      verdict = await equalizeWork(where, target(), verdict, forms[0], effort, call);
      wipeCopy(given, password);
    }
    recorder.verified(refused ? taken.hasher : taken.passwordHasher, verdict, since);
    return verdict;
  }

  async function hashKept(password: Password, call: Call): Promise<Credential> {
    const since = performance.now();
    const { hasher } = target();
    try {
      if (closing !== undefined) throw closedError();
      const credential = await hashWith(setup, target(), password, call);
      recorder.hashed(hasher, undefined, since);
      return credential;
    } catch (error) {
      recorder.hashed(hasher, error, since);
      throw error;
    }
  }

  async function verifyAnyOf(
    given: Password,
    passwordDigest: StoredCredential['passwordDigest'],
    companions: Companions | undefined,
    call: Call,
  ): Promise<AnyVerdict> {
    if (closing !== undefined) return rejectAsClosed();
    const equalize = call.equalize ?? options.equalize;
    const since = performance.now();
    const password = copyPassword(given);
    const forms = formsOf(password);
    const tried: Tried[] = [];
    let spentMs = 0;
    let verdict: AnyVerdict;
    const candidates = listCredentials(registry, limits, passwordDigest, companions);
    if (candidates instanceof DigestError) verdict = reject(candidates);
    else {
      for (const credential of candidates) {
        const count = { attempts: 0 };
        const one = await tryForms(setup, forms, credential, call, count);
        tried.push({ credential, verdict: one });
        if (one.outcome !== 'rejected') spentMs += count.attempts * estimateCostMs(setup, credential);
        if (one.outcome === 'match') break;
      }
      verdict = decide(tried);
    }
    if (equalize) {
      const wanted = verdict.outcome === 'match' ? 1 : forms.length;
      verdict = await equalizeWork(setup, target(), verdict, forms[0], { spentMs, wanted }, call);
    }
    wipeCopy(given, password);
    recorder.verified(
      verdict.outcome === 'match' ? verdict.hasher : tried[0]?.credential.passwordHasher,
      verdict,
      since,
    );
    return verdict;
  }

  const verifier: Omit<Verifier, typeof Symbol.asyncDispose> = {
    // An async function would wrap the promise of `verifyIn` in a second one.
    verify(password, credential, call) {
      try {
        const read = readCall('verify', call, VERIFY_OPTIONS);
        checkPassword(password);
        return verifyIn(setup, password, takeCredential(setup, credential), read);
      } catch (error) {
        return Promise.reject(error);
      }
    },

    verifyMany(rows, many) {
      const { signal, ...call } = readCall('verifyMany', many, [...VERIFY_OPTIONS, 'concurrency']);
      const most = maxQueue ?? Number.POSITIVE_INFINITY;
      return verifyRows(rows, { concurrency: many?.concurrency, signal }, most, (row) => {
        const taken = takeRow(setup, row);
        const given = taken instanceof DigestError ? '' : taken.password;
        const credential = taken instanceof DigestError ? taken : taken.credential;
        const password = copyPassword(given);
        return {
          verify: (halt) => verifyIn(setup, password, credential, { ...call, signal: halt }),
          release: () => wipeCopy(given, password),
        };
      });
    },

    async verifyAny(password, passwordDigest, companions, call) {
      const read = readCall('verifyAny', call, VERIFY_OPTIONS);
      checkPassword(password);
      return verifyAnyOf(password, passwordDigest, companions, read);
    },

    async verifyUnknownUser(given, options) {
      const call = readCall('verifyUnknownUser', options, VERIFY_OPTIONS);
      checkPassword(given);
      const { hasher } = target();
      if (closing !== undefined) return rejectAsClosed();
      const since = performance.now();
      const password = copyPassword(given);
      const [first, ...more] = formsOf(password);
      let verdict = await burnWork(setup, target(), 1, first, call);
      // A user who exists is asked for both forms.
      for (const form of more) {
        if (verdict.outcome === 'mismatch') verdict = await burnWork(setup, target(), 1, form, call);
      }
      wipeCopy(given, password);
      recorder.unknownUser(hasher, verdict, since);
      return verdict;
    },

    async hash(given, options) {
      const call = readCall('hash', options, CALL_OPTIONS);
      checkPassword(given);
      const password = typeof given === 'string' ? formsOf(given)[0] : ownBytes(given);
      try {
        return await hashKept(password, call);
      } finally {
        wipeCopy(given, password);
      }
    },

    needsRehash: (credential) => needsRehashFor(registry, limits, credential, target()),

    async verifyAndUpgrade(given, credential, save, options) {
      if (typeof save !== 'function') {
        throw new TypeError(
          `save must be a function (next, previous) => Promise<boolean> (received ${describeReceived(save)})`,
        );
      }
      const call = readCall('verifyAndUpgrade', options, VERIFY_OPTIONS);
      checkPassword(given);
      const previous = takeCredential(setup, credential);
      // The new digest comes after the verdict: the caller may have wiped the bytes by then.
      const password = copyPassword(given);
      try {
        const verdict = await verifyIn({ ...setup, wanted: target() }, password, previous, call);
        if (verdict.outcome !== 'match' || previous instanceof DigestError) return verdict as UpgradeVerdict;
        if (verdict.rehash.length === 0) return { ...verdict, upgraded: false };
        const since = performance.now();
        const hashed = () => hashKept(formsOf(password)[0], { signal: call.signal, priority: 'low' });
        const done = await upgrade(hashed, save, previous);
        recorder.upgraded(previous.passwordHasher, target().hasher, done, since);
        return {
          ...verdict,
          upgraded: done.outcome === 'saved',
          ...('error' in done && { upgradeError: done.error }),
        };
      } finally {
        wipeCopy(given, password);
      }
    },

    stats: () => recorder.stats(engine.stats()),
    backends: () => backends.report(),
    close,
  };
  return replaceClose(verifier, close);
}

/** The verifier with this `close()`, which `await using` calls as well. */
export function replaceClose(verifier: Omit<Verifier, typeof Symbol.asyncDispose>, close: Verifier['close']): Verifier {
  const whole = Object.assign(verifier, { close }) as Verifier;
  // Browsers before 2025 have no such symbol, and no `await using` either.
  if (Symbol.asyncDispose !== undefined) whole[Symbol.asyncDispose] = close;
  return whole;
}

function addPepper(registry: Registry, pepper: string | undefined): Partial<Peppered> & Pick<Peppered, 'registry'> {
  return pepper === undefined ? { registry } : withPepper(registry, pepper);
}

/** A password for longer than the caller may keep it. Bytes that cannot be read stay what they are, and are refused. */
function copyPassword(password: Password): Password {
  if (!isBytes(password)) return password;
  try {
    return ownBytes(password);
  } catch {
    return password;
  }
}

/** Wipes what `kept` copied, and nothing of the caller's. */
function wipeCopy(given: Password, own: Password): void {
  if (own !== given && isBytes(own)) own.fill(0);
}

function isPromise(answer: Verdict | Promise<Verdict>): answer is Promise<Verdict> {
  return isThenable(answer);
}

function reject(error: DigestError): Rejection {
  return { outcome: 'rejected', error };
}

function rejectAsClosed(): Rejection {
  return reject(closedError());
}
