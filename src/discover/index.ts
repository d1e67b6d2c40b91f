/** `discover` of the library on Node; the search itself is loaded when it is asked for. */
import type { DiscoverResult } from './discover.js';
import type { ThreadedOptions } from './threads.js';

export type { DiscoverOptions, DiscoverResult } from './discover.js';
export type { KnownPassword } from './known.js';
export type { Finding as DiscoverFinding } from './search.js';
export type { ThreadedOptions } from './threads.js';

/**
 * Finds which derivation made the digests of known passwords, on threads of its own.
 * @throws {TypeError} where it is not given known passwords; the signal's reason after an abort.
 */
export async function discover(options: ThreadedOptions): Promise<DiscoverResult> {
  const { discoverOnThreads } = await import('./threads.js');
  return discoverOnThreads(options);
}
