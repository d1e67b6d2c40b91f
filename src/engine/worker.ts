/** The other thread: derives one job after the other with backends that would block the calling thread. */
import { parentPort } from 'node:worker_threads';
import type { Kdfs } from '../jobs.js';
import { nodeCatalogue } from '../kdf/catalogue-node.js';
import type { Backends } from '../kdf/select.js';
import { selectBackends } from '../kdf/select.js';
import type { Reply, Request } from './protocol.js';

const selected = new Map<string, Backends>();

parentPort?.on('message', async (request: Request) => {
  parentPort?.postMessage(await answer(request));
});

async function answer({ kdf, backend, job }: Request): Promise<Reply> {
  try {
    const derive = kdfsFor(kdf, backend)[kdf] as (job: unknown) => Promise<Uint8Array>;
    return { ok: true, hash: await derive(job) };
  } catch (error) {
    return { ok: false, code: 'ERR_BACKEND', message: error instanceof Error ? error.message : 'the backend failed' };
  }
}

/** The calling thread chose the backend; here it is forced by name. */
function kdfsFor(kdf: Request['kdf'], backend: string): Kdfs {
  const key = `${kdf} ${backend}`;
  let backends = selected.get(key);
  if (backends === undefined) {
    backends = selectBackends(nodeCatalogue, { [kdf]: backend }, undefined, Number.POSITIVE_INFINITY);
    selected.set(key, backends);
  }
  return backends.kdfs();
}
