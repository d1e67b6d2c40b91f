/** PBKDF2 by the Web Cryptography API: compiled code, on another thread in browsers. */
import type { Pbkdf2Job, Pbkdf2Prf } from '../../jobs.js';
import type { Backend, Derive } from '../contract.js';
import { JobRefused } from '../executor.js';
import { firstLine } from '../in-process.js';

/** What is used of SubtleCrypto; TypeScript has it in its library of the browser only. */
export interface Subtle {
  importKey(format: 'raw', key: Uint8Array, name: 'PBKDF2', extractable: false, uses: ['deriveBits']): Promise<unknown>;
  deriveBits(
    algorithm: { readonly name: 'PBKDF2'; hash: string; salt: Uint8Array; iterations: number },
    key: unknown,
    bits: number,
  ): Promise<ArrayBuffer>;
}

const HASHES: { readonly [P in Pbkdf2Prf]?: string } = {
  ...{ sha1: 'SHA-1', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' },
};

export interface WebCryptoOptions {
  /** The iterations that it is asked for at most. A runtime's own limit is also found where it refuses more. */
  readonly maxIterations?: { readonly [P in Pbkdf2Prf]?: number };
  readonly subtle?: () => Subtle | undefined;
}

/** Aborted, it goes on to its end: the API has no way to stop it. */
export function webCryptoPbkdf2({
  maxIterations,
  subtle: find = subtleHere,
}: WebCryptoOptions = {}): Backend<Pbkdf2Job> {
  /** Where the runtime refused a number of iterations, it refuses larger ones, too. */
  let refused = Number.POSITIVE_INFINITY;

  return {
    name: 'webcrypto',
    kind: 'native',
    blocking: false,
    unsupported({ prf, c }) {
      if (HASHES[prf] === undefined) return `no ${prf} in the Web Cryptography API`;
      const most = maxIterations?.[prf] ?? Number.POSITIVE_INFINITY;
      return c > most || c >= refused ? `${c} iterations exceed the limit of this runtime` : undefined;
    },
    async load() {
      const subtle = find();
      if (subtle === undefined) throw new Error('crypto.subtle is missing (pages need a secure context)');
      const derive: Derive<Pbkdf2Job> = async (job) => {
        try {
          return await deriveBits(subtle, job);
        } catch (error) {
          if (readName(error) === 'NotSupportedError') refused = Math.min(refused, job.c);
          // Firefox has no keys over 256 bytes, others had no empty passwords: another backend has.
          throw new JobRefused(firstLine(error));
        }
      };
      return derive;
    },
  };
}

async function deriveBits(subtle: Subtle, { prf, password, salt, c, dkLen }: Pbkdf2Job): Promise<Uint8Array> {
  const key = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: HASHES[prf] as string, salt, iterations: c } as const;
  return new Uint8Array(await subtle.deriveBits(algorithm, key, 8 * dkLen));
}

function subtleHere(): Subtle | undefined {
  return (globalThis as { readonly crypto?: { readonly subtle?: Subtle } }).crypto?.subtle;
}

function readName(error: unknown): unknown {
  return (Object(error) as { readonly name?: unknown }).name;
}
