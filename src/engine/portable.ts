/** The engine without threads: jobs run in slices on the calling one. */
import { countCores, isBoundToRequests } from '../kdf/host.js';
import { createRequestEngine, NO_THREADS } from './by-request.js';
import { createEngine, type Engine, type EngineOptions } from './engine.js';

export function createPortableEngine({
  maxQueue,
  maxMemoryBytes,
}: Pick<EngineOptions, 'maxQueue' | 'maxMemoryBytes'> = {}): Engine {
  if (isBoundToRequests()) return createRequestEngine({ maxQueue, maxMemoryBytes });
  // Browsers run what is native on their own threads.
  const engine = createEngine({ maxQueue, maxMemoryBytes, nativeWidth: countCores() });
  return { ...engine, stats: () => ({ ...engine.stats(), threadless: NO_THREADS }) };
}
