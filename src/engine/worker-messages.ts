/** What passes between the calling thread and a worker, and what it means here. */
import type { Worker } from 'node:worker_threads';
import { digestError } from '../errors.js';
import type { CostlyJobs, CostlyKdf } from '../jobs.js';
import { BackendAbsent } from '../kdf/executor.js';
import { firstLine } from '../kdf/in-process.js';
import { kernelModule } from '../kernels/load.js';
import { type ModuleAnswer, type ModuleRequest, makeTransferable, type Reply, type Request, wipe } from './protocol.js';

export function postRequest<K extends CostlyKdf>(worker: Worker, request: Request<K>): void {
  if (request.jobs === undefined) {
    worker.postMessage(request);
    return;
  }
  const { message, transfer } = makeTransferable<CostlyJobs[K]>(request.jobs);
  try {
    worker.postMessage({ ...request, jobs: message } satisfies Request<K>, transfer);
  } catch (error) {
    for (const job of message) wipe(job);
    throw error;
  }
}

/** Resolves when it has gone, or cannot be ended: then it holds no process open. */
export async function terminate(worker: Worker): Promise<void> {
  try {
    worker.unref();
    await worker.terminate();
  } catch {
    // Something has wrapped `Worker`.
  }
}

/** The module of a kernel, whose code the two threads share then. */
export async function answerModule(worker: Worker, { kind, name }: ModuleRequest): Promise<void> {
  const answer = (module: WebAssembly.Module | undefined, reason: string | undefined) => {
    worker.postMessage({ kind, name, module, reason } satisfies ModuleAnswer);
  };
  try {
    answer(await kernelModule(name), undefined);
  } catch (error) {
    answer(undefined, firstLine(error));
  }
}

export function createFailure(reply: Reply): Error {
  if (reply.kind === 'absent') return new BackendAbsent(reply.reason);
  // The text stays a cause: what a library says of its input is not for a log.
  const cause = reply.kind === 'failed' ? new Error(reply.message) : undefined;
  return digestError('ERR_BACKEND', 'backend failed', { cause });
}
