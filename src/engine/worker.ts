/** The other thread: derives one batch after the other with backends that would block the calling thread. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CostlyJobs, CostlyKdf } from '../jobs.js';
import { blockingBackends } from '../kdf/catalogue-worker.js';
import type { Halt } from '../kdf/contract.js';
import { BackendAbsent, type BackendOfKdf } from '../kdf/executor.js';
import { createInProcessExecutor, firstLine } from '../kdf/in-process.js';
import { provideKernels } from '../kernels/load.js';
import { WasmMemoryPool } from '../kernels/memory-pool.js';
import type { KernelName } from '../kernels/names.js';
import {
  greetingFor,
  type ModuleAnswer,
  type ModuleRequest,
  makeTransferable,
  READY_AT,
  type Reply,
  type Request,
  STOP_AT,
  type WorkerData,
  wipe,
} from './protocol.js';

class Stopped extends Error {}

interface Asked {
  readonly module: Promise<WebAssembly.Module>;
  answered(answer: ModuleAnswer): void;
}

function serve(port: NonNullable<typeof parentPort>, { stop, token }: WorkerData): void {
  // The memory counts as held by the pool, which gets it back by ending the thread.
  const catalogue = blockingBackends(new WasmMemoryPool(Number.POSITIVE_INFINITY));
  const inProcess = createInProcessExecutor(Number.POSITIVE_INFINITY);
  const asked = new Map<string, Asked>();
  const measuring: Generator<void, void, void>[] = [];

  provideKernels({
    compiled(name) {
      const one = asked.get(name) ?? ask(name);
      asked.set(name, one);
      return one.module;
    },
  });

  function ask(name: KernelName): Asked {
    let answered: Asked['answered'] = () => {};
    const module = new Promise<WebAssembly.Module>((resolve, reject) => {
      answered = ({ module: found, reason }) => (found === undefined ? reject(new Error(reason)) : resolve(found));
    });
    port.postMessage({ kind: 'module', name } satisfies ModuleRequest);
    return { module, answered };
  }

  async function answer<K extends CostlyKdf>({ serial, kdf, backend: name, jobs }: Request<K>): Promise<Reply> {
    try {
      const backend = catalogue[kdf].find((one) => one.name === name);
      if (backend === undefined) return { kind: 'absent', reason: 'unknown backend in the worker' };
      const candidate: BackendOfKdf<K> = { kdf, backend };
      if (jobs !== undefined) {
        const hashes = await inProcess.runMany(candidate, jobs, createHalt(serial));
        measureLater(backend.calibrate?.(jobs[0] as CostlyJobs[K]));
        return { kind: 'hashes', hashes };
      }
      const reason = await inProcess.probe(candidate);
      return reason === undefined ? { kind: 'usable' } : { kind: 'absent', reason };
    } catch (error) {
      if (error instanceof Stopped) return { kind: 'stopped' };
      if (error instanceof BackendAbsent) return { kind: 'absent', reason: error.reason };
      return { kind: 'failed', message: firstLine(error) };
    } finally {
      for (const job of jobs ?? []) wipe(job);
    }
  }

  /** A step at a time, so that a job which comes meanwhile waits for no more than one. */
  function measureLater(steps: Generator<void, void, void> | undefined): void {
    if (steps === undefined) return;
    measuring.push(steps);
    if (measuring.length === 1) setImmediate(measureNext);
  }

  function measureNext(): void {
    const [steps] = measuring;
    if (steps?.next().done) measuring.shift();
    if (measuring.length > 0) setImmediate(measureNext);
  }

  function createHalt(serial: number): Halt {
    return {
      get aborted() {
        return Atomics.load(stop, STOP_AT) === serial;
      },
      get reason() {
        return new Stopped();
      },
    };
  }

  port.on('message', async (message: Request | ModuleAnswer) => {
    if ('kind' in message) {
      asked.get(message.name)?.answered(message);
      return;
    }
    const reply = await answer(message);
    if (reply.kind !== 'hashes') {
      port.postMessage(reply);
      return;
    }
    const { message: hashes, transfer } = makeTransferable(reply.hashes);
    port.postMessage({ ...reply, hashes } satisfies Reply, transfer);
  });
  Atomics.store(stop, READY_AT, 1);
  port.postMessage(greetingFor(token));
}

if (parentPort !== null) serve(parentPort, workerData as WorkerData);
