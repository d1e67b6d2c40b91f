/**
 * The suite that every hasher passes, built in or not: run it in a plug-in's own tests.
 * A vector's digest is taken through parse, serialize, cost, verify, another password, and every proper prefix.
 */
import { DigestError, type ErrorCode } from './errors.js';
import type { Catalogue } from './kdf/contract.js';
import { type BackendChoice, type Backends, selectBackends } from './kdf/select.js';
import { DEFAULT_LIMITS } from './policy.js';
import { tryParse } from './recognize/identify.js';
import { createRegistry } from './registry.js';
import type { AnyHasher, Parsed, Password, Verdict } from './types.js';
import { verifyWith } from './verify.js';

export interface ConformanceVector {
  readonly password: Password;
  readonly digest: string;
  readonly expect: 'match' | 'mismatch' | ErrorCode;
  /** `serialize(parse(digest))` equals the digest; true where absent. */
  readonly canonical?: boolean;
  /** What parse must find, or a part of it. */
  readonly params?: Readonly<Record<string, number | string>>;
}

export interface ConformanceFailure {
  /** Index of the vector; -1 is the hasher's own example. */
  readonly vector: number;
  readonly rule: string;
  readonly found: string;
}

export interface ConformanceOptions {
  /** A backend by name or kind, for each KDF that should not choose the fastest that loads. */
  readonly backends?: BackendChoice;
}

/** Every rule that the hasher breaks; none where it conforms. */
export type Conformance = (
  hasher: AnyHasher,
  vectors: Iterable<ConformanceVector>,
  options?: ConformanceOptions,
) => Promise<ConformanceFailure[]>;

/** The suite with the backends of one platform. */
export function conformanceOn(catalogue: Catalogue): Conformance {
  return (hasher, vectors, options = {}) => conform(hasher, vectors, selectBackends(catalogue, options.backends));
}

async function conform(
  hasher: AnyHasher,
  vectors: Iterable<ConformanceVector>,
  backends: Backends,
): Promise<ConformanceFailure[]> {
  const failures: ConformanceFailure[] = [];
  const registry = createRegistry([hasher]);
  const verify = (password: Password, digest: string): Promise<Verdict> =>
    verifyWith({ registry, limits: DEFAULT_LIMITS, backends }, password, {
      passwordHasher: hasher.name,
      passwordDigest: digest,
    });

  async function check(index: number, vector: ConformanceVector): Promise<void> {
    const fail = (rule: string, found: string) => failures.push({ vector: index, rule, found });
    const verdict = await verify(vector.password, vector.digest);
    if (outcome(verdict) !== vector.expect) fail(`verifies as ${vector.expect}`, outcome(verdict));
    const parsed = tryParse(hasher, vector.digest);
    if (parsed === undefined) return;
    for (const [name, value] of Object.entries(vector.params ?? {})) {
      const found: unknown = (parsed.params as Record<string, unknown>)[name];
      if (found !== value) fail(`parses ${name} as ${value}`, String(found));
    }
    for (const { rule, found } of parsedFailures(hasher, vector.digest, parsed, vector.canonical ?? true))
      fail(rule, found);
    if (
      vector.expect === 'match' &&
      (await verify(otherPassword(vector.password), vector.digest)).outcome !== 'mismatch'
    ) {
      fail('another password is a mismatch', 'it is not');
    }
  }

  const { password, digest } = hasher.example;
  await check(-1, { password: password ?? '', digest, expect: password === undefined ? 'ERR_UNVERIFIABLE' : 'match' });
  let index = 0;
  for (const vector of vectors) await check(index++, vector);
  return failures;
}

function outcome(verdict: Verdict): string {
  return verdict.outcome === 'rejected' ? verdict.error.code : verdict.outcome;
}

/** The first byte changed: within the first 72, and so told apart by bcrypt too. */
function otherPassword(password: Password): Password {
  if (typeof password === 'string') return `#${password}`;
  return Uint8Array.of(0x23, ...password);
}

function* parsedFailures(
  hasher: AnyHasher,
  digest: string,
  parsed: Parsed,
  canonical: boolean,
): Generator<{ readonly rule: string; readonly found: string }> {
  const written = hasher.serialize(parsed);
  if ((written === digest) !== canonical)
    yield { rule: `is ${canonical ? '' : 'not '}canonical`, found: 'the opposite' };
  const warned = parsed.warnings.some(({ code }) => code === 'WARN_NONCANONICAL');
  if (warned === (written === digest))
    yield { rule: 'warns of another spelling, and of nothing else', found: `warned: ${warned}` };
  const again = tryParse(hasher, written);
  if (again === undefined || !sameDigest(parsed, again))
    yield { rule: 'what serialize writes parses the same', found: 'it does not' };
  const { work, memoryBytes } = hasher.cost(parsed.params);
  if (!(work >= 0 && memoryBytes >= 0)) yield { rule: 'cost is of numbers from 0', found: `${work}, ${memoryBytes}` };
  yield* prefixFailures(hasher, digest, parsed);
}

/**
 * A digest that was cut off must not pass for a whole one: each proper prefix gives a coded error or a warning, unless it
 * says the same in fewer characters. Formats that end in free text cannot tell, and say so by `freeTail`.
 */
function* prefixFailures(
  hasher: AnyHasher,
  digest: string,
  parsed: Parsed,
): Generator<{ readonly rule: string; readonly found: string }> {
  const rule = 'a cut-off digest gives an error or a warning';
  for (let length = 0; length < digest.length; length++) {
    try {
      const cut = hasher.parse(digest.slice(0, length));
      if (hasher.freeTail || cut.warnings.length > 0 || sameDigest(parsed, cut)) continue;
      yield { rule, found: `neither at ${length} of ${digest.length} characters` };
    } catch (error) {
      if (error instanceof DigestError && error.field !== undefined && error.offset !== undefined) continue;
      yield { rule: 'an error has code, field and offset', found: `not at ${length} of ${digest.length} characters` };
    }
  }
}

function sameDigest(a: Parsed, b: Parsed): boolean {
  return (
    sameBytes(a.salt, b.salt) && sameBytes(a.hash, b.hash) && JSON.stringify(a.params) === JSON.stringify(b.params)
  );
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
