/** A verifier: one registry, one set of limits, the backends of one platform, and all that a login path does with them. */
import { describeReceived } from '../encoding/received.js';
import type { Engine } from '../engine/engine.js';
import { createLife } from '../engine/life.js';
import { DigestError } from '../errors.js';
import type { Catalogue } from '../kdf/contract.js';
import { selectBackends } from '../kdf/select.js';
import { limitsFrom, overLimit } from '../policy.js';
import type { Registry } from '../registry.js';
import type { Cost } from '../types.js';
import { checkPassword, ownBytes, type Setup, takeCredential } from '../verify.js';
import { CALL_OPTIONS, readCall, VERIFY_OPTIONS } from './call.js';
import type { Verifier } from './contract.js';
import { takeRow } from './many.js';
import { needsRehashFor } from './needs-rehash.js';
import { type Bounds, checkOptions, normalizer, type VerifierOptions } from './options.js';
import { copyPassword, wipeCopy } from './password-copy.js';
import { type Peppered, withPepper } from './pepper.js';
import {
  type CallContext,
  hashRecorded,
  verifyCandidates,
  verifyCredential,
  verifyUnknownUser,
} from './recorded-calls.js';
import { createRecorder } from './stats.js';
import { type UpgradeVerdict, upgrade } from './upgrade.js';
import { createUpgradeScheme, type UpgradeScheme } from './upgrade-scheme.js';
import { verifyRows } from './verify-rows.js';

/** What a platform brings: its backends, and where they run. */
export interface Platform {
  readonly catalogue: Catalogue;
  readonly registry: Registry;
  /** Holds nothing open before the first costly job. */
  engine(bounds: Bounds): Engine;
}

/** @throws {TypeError} on unknown options, or ones that contradict each other. */
export function createVerifierFor(platform: Platform, given?: VerifierOptions): Verifier {
  const options = checkOptions(given);
  const { threads, maxQueue, maxMemoryBytes, upgradeTo } = options;
  const { registry, pepper } = addPepper(options.registry ?? platform.registry, options.pepper);
  const limits = limitsFrom(options.limits);
  const listForms = normalizer(options.normalize, limits);
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
  const life = createLife();
  const { within, end } = life;
  const setup: Setup = { registry, limits, backends, wanted: upgradeTo === undefined ? undefined : made, within };
  let closing: Promise<void> | undefined;
  const isClosed = () => closing !== undefined;
  const context: CallContext = { setup, recorder, listForms, target, equalize: options.equalize, isClosed };

  function close(): Promise<void> {
    closing ??= engine.close();
    end();
    return closing;
  }

  const verifier: Omit<Verifier, typeof Symbol.asyncDispose> = {
    // An async function would wrap the promise of `verifyCredential` in a second one.
    verify(password, credential, call) {
      try {
        const read = readCall('verify', call, VERIFY_OPTIONS);
        checkPassword(password);
        return verifyCredential(context, setup, password, takeCredential(setup, credential), read);
      } catch (error) {
        return Promise.reject(error);
      }
    },

    verifyMany(rows, many) {
      const { signal, ...call } = readCall('verifyMany', many, [...VERIFY_OPTIONS, 'concurrency']);
      const most = maxQueue ?? Number.POSITIVE_INFINITY;
      return verifyRows(rows, { concurrency: many?.concurrency, signal, life }, most, (row) => {
        const taken = takeRow(setup, row);
        const given = taken instanceof DigestError ? '' : taken.password;
        const credential = taken instanceof DigestError ? taken : taken.credential;
        const password = copyPassword(given);
        return {
          verify: (halt) => verifyCredential(context, setup, password, credential, { ...call, signal: halt }),
          release: () => wipeCopy(given, password),
        };
      });
    },

    async verifyAny(password, passwordDigest, companions, call) {
      const read = readCall('verifyAny', call, VERIFY_OPTIONS);
      checkPassword(password);
      return verifyCandidates(context, password, passwordDigest, companions, read);
    },

    async verifyUnknownUser(given, options) {
      const call = readCall('verifyUnknownUser', options, VERIFY_OPTIONS);
      checkPassword(given);
      return verifyUnknownUser(context, given, call);
    },

    async hash(given, options) {
      const call = readCall('hash', options, CALL_OPTIONS);
      checkPassword(given);
      const password = typeof given === 'string' ? listForms(given)[0] : ownBytes(given);
      try {
        return await hashRecorded(context, password, call);
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
        const verdict = await verifyCredential(context, { ...setup, wanted: target() }, password, previous, call);
        if (verdict.outcome !== 'match' || previous instanceof DigestError) return verdict as UpgradeVerdict;
        if (verdict.rehash.length === 0) return { ...verdict, upgraded: false };
        const since = performance.now();
        const hashed = () => hashRecorded(context, listForms(password)[0], { signal: call.signal, priority: 'low' });
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
