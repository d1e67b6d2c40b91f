/**
 * The suite that every hasher passes, built in or not: run it in a plug-in's own tests.
 * A vector's digest is taken through parse, serialize, cost, verify, another password, and every proper prefix; whatever
 * a hasher throws is reported and never thrown on.
 */
import { isBytes } from '../encoding/brand.js';
import { utf8 } from '../encoding/bytes.js';
import type { ErrorCode } from '../errors.js';
import { BCRYPT_KEY_BYTES } from '../kdf/bcrypt/key.js';
import type { Catalogue } from '../kdf/contract.js';
import { type BackendChoice, type Backends, selectBackends } from '../kdf/select.js';
import { DEFAULT_LIMITS } from '../policy.js';
import { createRegistry } from '../registry.js';
import type { AnyHasher, Parsed, Password, Verdict } from '../types.js';
import { verifyWith } from '../verify.js';
import {
  type Broken,
  costFailures,
  ERROR_RULE,
  errorFlaw,
  nastyFailures,
  ownershipFailures,
  prefixFailures,
  sameBytes,
  spellingFailures,
} from './rules.js';

export interface ConformanceVector {
  readonly password: Password;
  readonly digest: string;
  readonly expect: 'match' | 'mismatch' | ErrorCode;
  /** `serialize(parse(digest))` equals the digest. Default: true. */
  readonly canonical?: boolean | undefined;
  /** What parse must find, or a part of it. */
  readonly params?: Readonly<Record<string, number | string>> | undefined;
}

export interface ConformanceFailure {
  /** Index of the vector; -1 is the hasher's own example. */
  readonly vector: number;
  readonly rule: string;
  readonly found: string;
}

export interface ConformanceOptions {
  /** A backend by name or kind, for each KDF that should not choose the fastest that loads. */
  readonly backends?: BackendChoice | undefined;
}

/** Every rule that the hasher breaks; none where it conforms. */
export type Conformance = (
  hasher: AnyHasher,
  vectors: Iterable<ConformanceVector>,
  options?: ConformanceOptions,
) => Promise<ConformanceFailure[]>;

/** The suite with the backends of one platform. */
export function createConformance(catalogue: Catalogue): Conformance {
  return (hasher, vectors, options = {}) => conform(hasher, vectors, selectBackends(catalogue, options.backends));
}

async function conform(
  given: AnyHasher,
  vectors: Iterable<ConformanceVector>,
  backends: Backends,
): Promise<ConformanceFailure[]> {
  const failures: ConformanceFailure[] = [];
  const registry = createRegistry([given]);
  const [hasher] = registry.hashers as [AnyHasher];
  const verify = (password: Password, digest: string): Promise<Verdict> =>
    verifyWith({ registry, limits: DEFAULT_LIMITS, backends }, password, {
      passwordHasher: hasher.name,
      passwordDigest: digest,
    });

  async function check(index: number, vector: ConformanceVector): Promise<void> {
    const { password, digest, expect, params = {}, canonical = true } = vector;
    const fail = ({ rule, found }: Broken) => failures.push({ vector: index, rule, found });
    const found = outcome(await verify(password, digest));
    if (found !== expect) fail({ rule: `verifies as ${expect}`, found });
    const parsed = read(hasher, digest, fail);
    if (parsed === undefined) return;
    for (const [name, value] of Object.entries(params)) {
      const seen: unknown = (parsed.params as Record<string, unknown>)[name];
      if (seen !== value) fail({ rule: `parses ${name} as ${value}`, found: String(seen) });
    }
    for (const broken of costFailures(hasher, parsed)) fail(broken);
    if (expect !== 'match' && expect !== 'mismatch') return;
    for (const broken of spellingFailures(hasher, digest, parsed, canonical)) fail(broken);
    for (const broken of nastyFailures(hasher, parsed)) fail(broken);
    for (const broken of prefixFailures(hasher, digest, parsed)) fail(broken);
    for (const broken of ownershipFailures(hasher, digest, parsed)) fail(broken);
    if (expect !== 'match') return;
    const other = outcome(await verify(otherPassword(password), digest));
    if (other !== 'mismatch') fail({ rule: 'another password is a mismatch', found: other });
  }

  /** Once a hasher: the password is the verifier's, which wipes it. */
  async function checkDerive(password: string): Promise<void> {
    const rule = 'derive leaves the password as it is';
    const bytes = utf8(password);
    try {
      await hasher.derive(bytes, hasher.parse(hasher.example.digest, hasher.example), backends.kdfs());
      if (!sameBytes(bytes, utf8(password))) failures.push({ vector: EXAMPLE, rule, found: 'changed' });
    } catch {
      // It is reported already, as a verification that failed.
    }
  }

  const { verifiable, example } = hasher;
  const { password = '', digest } = example;
  if (verifiable !== (example.password !== undefined)) {
    const rule = 'the example has a password where the hasher is verifiable, and none elsewhere';
    failures.push({ vector: EXAMPLE, rule, found: `verifiable is ${verifiable}` });
  }
  await check(EXAMPLE, { password, digest, expect: verifiable ? 'match' : 'ERR_UNVERIFIABLE' });
  if (verifiable) await checkDerive(password);
  let index = 0;
  for (const vector of vectors) await check(index++, vector);
  return failures;
}

/** The index of the hasher's own example. */
const EXAMPLE = -1;

function outcome(verdict: Verdict): string {
  return verdict.outcome === 'rejected' ? verdict.error.code : verdict.outcome;
}

/**
 * One bit changed, in the last byte that bcrypt reads: no longer, still UTF-8 where it was, and not where the sign bug of
 * `$2x$` lets a later byte hide it.
 */
function otherPassword(password: Password): Password {
  const bytes = typeof password === 'string' ? utf8(password) : Uint8Array.from(password);
  if (bytes.length === 0) return '#';
  const last = Math.min(bytes.length, BCRYPT_KEY_BYTES) - 1;
  bytes[last] = (bytes[last] as number) ^ 1;
  return bytes;
}

/** The parse, or undefined where the digest is refused with a code and a place. */
function read(hasher: AnyHasher, digest: string, fail: (broken: Broken) => void): Parsed | undefined {
  try {
    const parsed = hasher.parse(digest);
    const { params, salt, hash, warnings } = parsed;
    const whole = typeof params === 'object' && isBytes(salt) && isBytes(hash);
    if (whole && Array.isArray(warnings)) return parsed;
    fail({ rule: 'parse gives params, salt, hash and warnings', found: 'not all of them' });
  } catch (error) {
    const flaw = errorFlaw(error);
    if (flaw !== undefined) fail({ rule: ERROR_RULE, found: flaw });
  }
  return undefined;
}
