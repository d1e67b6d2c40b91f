/** What answers logins: digestry's public API, and what people use today. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { createVerifier } from '../../src/index.js';
import { rival, versionOf } from '../thirdparty/load.js';
import type { Service } from './login-load.js';

export function digestryService(): Service {
  const verifier = createVerifier();
  return {
    name: 'digestry',
    compare: async (password, passwordDigest) =>
      (await verifier.verify(password, { passwordHasher: 'bcrypt', passwordDigest })).outcome === 'match',
    close: () => verifier.close(),
  };
}

/** On libuv's thread pool. */
export async function bcryptService(): Promise<Service | undefined> {
  const bcrypt = await rival<{ compare: Service['compare'] }>('bcrypt');
  return bcrypt && { name: 'bcrypt.compare', compare: bcrypt.compare, close: async () => {} };
}

/** Rust, on libuv's thread pool. */
export async function nodeRsService(): Promise<Service | undefined> {
  const rust = await rival<{ verify: Service['compare'] }>('@node-rs/bcrypt');
  return rust && { name: '@node-rs/bcrypt', compare: rust.verify, close: async () => {} };
}

interface Pending {
  readonly password: string;
  readonly digest: string;
  resolve(matches: boolean): void;
}

/** The usual pool around bcryptjs: a queue, and as many workers as cores, each with one password at a time. */
export function bcryptjsPool(): Service | undefined {
  if (versionOf('bcryptjs') === undefined) return undefined;
  const waiting: Pending[] = [];
  const script = new URL('../thirdparty/bcryptjs-worker.mjs', import.meta.url);
  const workers = Array.from({ length: availableParallelism() }, () => new Worker(script, { execArgv: [] }));
  const idle = [...workers];

  function next(): void {
    if (idle.length === 0) return;
    const pending = waiting.shift();
    if (pending === undefined) return;
    const worker = idle.pop() as Worker;
    worker.once('message', (matches: boolean) => {
      idle.push(worker);
      pending.resolve(matches);
      next();
    });
    worker.postMessage({ password: pending.password, digest: pending.digest });
  }

  return {
    name: 'bcryptjs workers',
    compare: (password, digest) =>
      new Promise((resolve) => {
        waiting.push({ password, digest, resolve });
        next();
      }),
    close: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}
