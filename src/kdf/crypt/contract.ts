/** How a scheme of crypt(3) is written once for all hash functions that it may run on. */
import type { ChainedHash, CryptJob, CryptScheme, HashFunctions } from '../../jobs.js';

/** What a scheme takes from node:crypto or from @noble/hashes. */
export interface CryptHashes extends Pick<HashFunctions, 'hash' | 'hmac'> {
  /** For messages that are too long to be joined. */
  create(algorithm: ChainedHash): RunningHash;
}

export interface RunningHash {
  update(message: Uint8Array): unknown;
  digest(): Uint8Array;
}

export type JobOf<S extends CryptScheme> = Extract<CryptJob, { readonly scheme: S }>;

/** One job in slices of about a millisecond. */
export type CryptSlices = Generator<void, Uint8Array, void>;
export type DeriveScheme<S extends CryptScheme> = (job: JobOf<S>, hashes: CryptHashes) => CryptSlices;
