/** A thread of a search. */
import { parentPort, workerData } from 'node:worker_threads';
import { nodeCatalogue } from '../kdf/catalogue-node.js';
import { createInProcessExecutor } from '../kdf/in-process.js';
import { selectBackends } from '../kdf/select.js';
import { defaultRegistry } from '../library.js';
import { discoverHere } from './discover.js';
import type { Assignment, ThreadMessage } from './threads.js';

const { known, budgetMs, share }: Assignment = workerData;
const send = (message: ThreadMessage): void => parentPort?.postMessage(message);
const kdfs = selectBackends(nodeCatalogue, {}, createInProcessExecutor(Number.POSITIVE_INFINITY)).kdfs();

const result = discoverHere(
  { known, budgetMs, onProgress: (tried) => send({ kind: 'progress', tried }) },
  { hashers: defaultRegistry.hashers, kdfs, share },
);
// A thread that fails ends with its error, which the one that started it rejects with.
result.then((found) => send({ kind: 'done', result: found }));
