/** The other thread: derives one batch after the other with backends that would block the calling thread. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CostlyKdf } from '../jobs.js';
import { nodeCatalogue } from '../kdf/catalogue-node.js';
import type { Halt } from '../kdf/contract.js';
import { BackendAbsent, type Candidate } from '../kdf/executor.js';
import { firstLine, thisThread } from '../kdf/this-thread.js';
import { READY, READY_AT, type Reply, type Request, STOP_AT, type StopCell, sealed, wipe } from './protocol.js';

const here = thisThread(Number.POSITIVE_INFINITY);
const stop: StopCell = workerData;

class Stopped extends Error {}

parentPort?.on('message', async (request: Request) => {
  const reply = await answer(request);
  if (reply.kind !== 'hashes') {
    parentPort?.postMessage(reply);
    return;
  }
  const { message, transfer } = sealed(reply.hashes);
  parentPort?.postMessage({ ...reply, hashes: message } satisfies Reply, transfer);
});
Atomics.store(stop, READY_AT, 1);
parentPort?.postMessage(READY);

async function answer<K extends CostlyKdf>({ serial, kdf, backend: name, jobs }: Request<K>): Promise<Reply> {
  try {
    const backend = nodeCatalogue.costly[kdf].find((one) => one.name === name);
    if (backend === undefined) return { kind: 'absent', reason: 'the worker knows no such backend' };
    const candidate: Candidate<K> = { kdf, backend };
    if (jobs !== undefined) return { kind: 'hashes', hashes: await here.runMany(candidate, jobs, haltOf(serial)) };
    const reason = await here.probe(candidate);
    return reason === undefined ? { kind: 'usable' } : { kind: 'absent', reason };
  } catch (error) {
    if (error instanceof Stopped) return { kind: 'stopped' };
    if (error instanceof BackendAbsent) return { kind: 'absent', reason: error.reason };
    return { kind: 'failed', message: firstLine(error) };
  } finally {
    for (const job of jobs ?? []) wipe(job);
  }
}

function haltOf(serial: number): Halt {
  const aborted = () => Atomics.load(stop, STOP_AT) === serial;
  return {
    get aborted() {
      return aborted();
    },
    throwIfAborted() {
      if (aborted()) throw new Stopped();
    },
  };
}
