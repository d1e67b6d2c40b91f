/** The calling thread in the place of another one: in slices, with the event loop's turns between them. */
import { type ThisThread, thisThread } from '../kdf/this-thread.js';
import type { Thread } from './thread.js';

export function callingThread(here: ThisThread = thisThread()): Thread {
  return {
    run: (batch, halt) =>
      here.runMany(
        batch[0],
        batch.map(({ job }) => job),
        halt,
      ),
    probe: (candidate) => here.probe(candidate),
    close: async () => {},
  };
}
