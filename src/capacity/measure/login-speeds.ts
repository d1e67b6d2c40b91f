/** How long logins take here: one usual digest of each KDF is measured, and others take as much longer as they are more work. */
import { DigestError } from '../../errors.js';
import type { CostlyKdf } from '../../jobs.js';
import { estimateMs } from '../../kdf/duration.js';
import { OWASP_ARGON2_DEFAULT } from '../../owasp.js';
import type { Cost, Params } from '../../types.js';
import { createMeasurer } from './login-cost.js';
import { parameterSet } from './parameter-set.js';
import { estimateTiming, findFamily, loadedMs, type MeasuredSet, type Verification } from './timing.js';

/** Milliseconds of a core for one login. */
export interface LoginSpeed {
  readonly aloneMs: number;
  /** Where as many as can go together do, and all cores are busy. */
  readonly loadedMs: number;
}

/** Undefined where nothing of that KDF was measured. */
export type EstimateSpeed = (verification: Verification) => LoginSpeed | undefined;

/** From timings, as a plan reads them. */
export function estimateSpeed(verification: Verification, measured: readonly MeasuredSet[]): LoginSpeed | undefined {
  const timed = estimateTiming(verification, measured);
  if (timed === undefined) return undefined;
  const { timing } = timed;
  // A plain hash is computed by the calling thread.
  const onCaller = verification.cost.kdf === 'hash';
  return { aloneMs: timing.batchMs[0] as number, loadedMs: loadedMs(timing, onCaller) };
}

export interface Reference {
  readonly title: string;
  readonly hasher: string;
  readonly params: Params;
}

/** What each KDF is measured with: what products write, or a part of it where that takes long without native code. */
export const REFERENCES: { readonly [K in CostlyKdf]: Reference } = {
  bcrypt: { title: 'cost 10', hasher: 'bcrypt', params: { cost: 10 } },
  pbkdf2: { title: 'SHA-256, 100,000 iterations', hasher: 'pbkdf2_sha256', params: { iterations: 100_000 } },
  scrypt: { title: 'N=2^14, r=8, p=1', hasher: 'scrypt_werkzeug', params: { N: 2 ** 14, r: 8, p: 1 } },
  argon2: { title: 'argon2id, 19 MiB, t=2, p=1', hasher: 'argon2id', params: OWASP_ARGON2_DEFAULT },
  iteratedHash: { title: 'MD5, 2^13 (phpass)', hasher: 'phpass', params: { cost: 13 } },
  crypt: { title: 'sha512_crypt, 5000 rounds', hasher: 'sha512_crypt', params: { rounds: 5000 } },
};

/** The same for hash functions that are not those of the references. */
const OTHER_FAMILIES: readonly Reference[] = [
  { title: 'SHA-1, 100,000 iterations', hasher: 'pbkdf2_sha1', params: { iterations: 100_000, keylen: 20 } },
  { title: 'SHA-512, 100,000 iterations', hasher: 'pbkdf2_sha512', params: { iterations: 100_000 } },
  { title: 'SHA-512, 5000 iterations (Symfony)', hasher: 'sha512_symfony', params: { iterations: 5000 } },
  { title: 'sha256_crypt, 5000 rounds', hasher: 'sha256_crypt', params: { rounds: 5000 } },
  { title: 'md5_crypt', hasher: 'md5_crypt', params: {} },
  { title: 'sha1_crypt, 5000 rounds', hasher: 'sha1_crypt', params: { rounds: 5000 } },
  { title: 'yescrypt, as in its example', hasher: 'yescrypt', params: {} },
];

/**
 * Measures one usual digest of each family of these costs, some tenths of a second each, on one thread.
 * @throws the signal's reason after an abort.
 */
export async function measureLoginSpeeds(costs: readonly Cost[], signal?: AbortSignal): Promise<EstimateSpeed> {
  const families = new Set(costs.map(findFamily));
  const sets = [...Object.values(REFERENCES), ...OTHER_FAMILIES]
    .map(({ hasher, params }) => parameterSet(hasher, params))
    .filter(({ cost }) => families.has(findFamily(cost)));
  const measured: MeasuredSet[] = [];
  if (sets.length > 0) {
    await using measurer = await createMeasurer();
    for (const set of sets) {
      signal?.throwIfAborted();
      try {
        measured.push({ set, timing: await measurer.measureRoughly(set, signal) });
      } catch (error) {
        signal?.throwIfAborted();
        // No backend of this KDF works here.
        if (!(error instanceof DigestError)) throw error;
      }
    }
  }
  return (verification) => {
    const { cost } = verification;
    if (cost.kdf !== 'hash') return estimateSpeed(verification, measured);
    // Microseconds: nothing to measure.
    const ms = estimateMs(cost);
    return { aloneMs: ms, loadedMs: ms };
  };
}
