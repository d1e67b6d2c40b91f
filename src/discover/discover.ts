/** Finds which derivation made the digests of known passwords. */
import { describeReceived } from '../encoding/received.js';
import type { Kdfs } from '../jobs.js';
import type { AnyHasher } from '../types.js';
import type { Share } from './expressions.js';
import { type KnownPassword, readKnown } from './known.js';
import { type SearchResult, searchRows } from './search.js';

export type { KnownPassword } from './known.js';
export type { Finding } from './search.js';

export interface DiscoverOptions {
  /** One known password with its row; two or more leave less to chance. */
  readonly known: readonly KnownPassword[];
  /** Milliseconds after which the search ends. Default: 60 000. */
  readonly budgetMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called a few times a second with the number of candidates. */
  readonly onProgress?: ((tried: number) => void) | undefined;
}

export interface DiscoverResult extends SearchResult {
  readonly elapsedMs: number;
  /** Whether the budget ended the search. */
  readonly outOfTime: boolean;
}

export const DEFAULT_BUDGET_MS = 60_000;
const PROGRESS_MS = 200;
/** More known passwords than these say no more. */
const MAX_KNOWN = 16;

export interface DiscoverHost {
  readonly hashers: readonly AnyHasher[];
  readonly kdfs: Kdfs;
  readonly share?: Share;
}

/** On the calling thread. @throws the signal's reason after an abort. */
export async function discoverHere(options: DiscoverOptions, host: DiscoverHost): Promise<DiscoverResult> {
  const { budgetMs = DEFAULT_BUDGET_MS, signal, onProgress } = options;
  const rows = checkKnown(options.known).map(readKnown);
  const begun = performance.now();
  let reported = begun;
  let outOfTime = false;
  const result = await searchRows({
    ...{ rows, hashers: host.hashers, kdfs: host.kdfs, share: host.share ?? { index: 0, of: 1 } },
    goesOn(tried) {
      const now = performance.now();
      outOfTime = now - begun > budgetMs;
      if (now - reported > PROGRESS_MS) {
        reported = now;
        onProgress?.(tried);
      }
      return !outOfTime && signal?.aborted !== true;
    },
  });
  signal?.throwIfAborted();
  return { ...result, elapsedMs: performance.now() - begun, outOfTime };
}

/** @throws {TypeError} where it is not an array of known passwords. */
export function checkKnown(known: readonly KnownPassword[]): readonly KnownPassword[] {
  if (!Array.isArray(known) || known.length === 0) {
    throw new TypeError(`discover: known must be an array of at least one (received ${describeReceived(known)})`);
  }
  for (const one of known) {
    if (typeof one !== 'object' || one === null) {
      throw new TypeError(`discover: a known password must be an object (received ${describeReceived(one)})`);
    }
  }
  return known.slice(0, MAX_KNOWN);
}
