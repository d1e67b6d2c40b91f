/** The calling thread in the place of another one: in slices, with the event loop's turns between them. */
import { createInProcessExecutor, type InProcessExecutor } from '../kdf/in-process.js';
import type { Thread } from './thread.js';

export function createInProcessThread(inProcess: InProcessExecutor = createInProcessExecutor()): Thread {
  return {
    run: (batch, halt) =>
      inProcess.runMany(
        batch[0],
        batch.map(({ job }) => job),
        halt,
      ),
    probe: (candidate) => inProcess.probe(candidate),
    close: async () => {},
  };
}
