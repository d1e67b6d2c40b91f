/** The other thread: derives one job after the other with backends that would block the calling thread. */
import { parentPort } from 'node:worker_threads';
import type { CostlyKdf } from '../jobs.js';
import { nodeCatalogue } from '../kdf/catalogue-node.js';
import { BackendAbsent, type Candidate } from '../kdf/executor.js';
import { firstLine, thisThread } from '../kdf/this-thread.js';
import { READY, type Reply, type Request, sealed, wipe } from './protocol.js';

const here = thisThread(Number.POSITIVE_INFINITY);

parentPort?.on('message', async (request: Request) => {
  const { message, transfer } = sealed(await answer(request));
  parentPort?.postMessage(message, transfer);
});
parentPort?.postMessage(READY);

async function answer<K extends CostlyKdf>({ kdf, backend: name, job }: Request<K>): Promise<Reply> {
  try {
    const backend = nodeCatalogue.costly[kdf].find((one) => one.name === name);
    if (backend === undefined) return { kind: 'absent', reason: 'the worker knows no such backend' };
    const candidate: Candidate<K> = { kdf, backend };
    if (job !== undefined) return { kind: 'hash', hash: await here.run({ ...candidate, job, call: {} }) };
    const reason = await here.probe(candidate);
    return reason === undefined ? { kind: 'usable' } : { kind: 'absent', reason };
  } catch (error) {
    if (error instanceof BackendAbsent) return { kind: 'absent', reason: error.reason };
    return { kind: 'failed', message: firstLine(error) };
  } finally {
    if (job !== undefined) wipe(job);
  }
}
