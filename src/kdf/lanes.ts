/** Backends of several lanes: how one comes into being, and how its slices are run. */
import type { Backend, DeriveMany, KernelRun, Lanes, Slices } from './contract.js';
import { createTicker } from './pause.js';

/**
 * The WebAssembly backend of a KDF; one job alone is a batch of one.
 * @param unsupported as in `Backend`.
 */
export function laneBackend<Job>(
  { load, ...lanes }: Lanes<Job>,
  unsupported?: (job: Job) => string | undefined,
): Backend<Job> {
  // Kernels are loaded once a thread.
  let loaded: Promise<DeriveMany<Job>> | undefined;
  const loadOnce = () => {
    loaded ??= load();
    return loaded;
  };
  return {
    name: 'lanes',
    kind: 'lanes',
    blocking: true,
    ...(unsupported !== undefined && { unsupported }),
    lanes: { ...lanes, load: loadOnce },
    async load() {
      const deriveMany = await loadOnce();
      return async (job, run) => (await inTurns(deriveMany([job]), run))[0] as Uint8Array;
    },
  };
}

/** All slices at once. */
export function exhaust(slices: Slices): Uint8Array[] {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}

/**
 * All slices, with the event loop's turns between them where `run` asks for those.
 * @throws the signal's reason at the next slice after an abort.
 */
export async function inTurns(slices: Slices, run: KernelRun): Promise<Uint8Array[]> {
  const tick = createTicker(run);
  try {
    for (;;) {
      const { done, value } = slices.next();
      if (done) return value;
      const pause = tick();
      if (pause !== undefined) await pause;
    }
  } finally {
    await abandon(slices, run);
  }
}

/** What wipes memory takes its turns too, and no abort ends it. */
async function abandon(slices: Slices, { tickMs }: KernelRun): Promise<void> {
  const tick = createTicker({ tickMs });
  for (let { done } = slices.return([]); !done; { done } = slices.next()) {
    const pause = tick();
    if (pause !== undefined) await pause;
  }
}
