/** Orders for engines and threads. */
import type { BcryptJob } from '../../src/jobs.js';
import { bcryptjsBcrypt } from '../../src/kdf/bcrypt/bcryptjs.js';
import { portableBcrypt } from '../../src/kdf/bcrypt/portable.js';
import type { Order } from '../../src/kdf/executor.js';

/** Seconds of work on any machine, within the default limits. */
export const LONG = 16;

export function bcryptJob(cost: number): BcryptJob {
  return { password: new TextEncoder().encode('U*U'), salt: new Uint8Array(16), cost, variant: '2b' };
}

export function bcryptOrder(cost = 4, signal?: AbortSignal): Order<'bcrypt'> {
  return { kdf: 'bcrypt', backend: portableBcrypt, job: bcryptJob(cost), call: { signal } };
}

export function bcryptjsOrder(cost = 4): Order<'bcrypt'> {
  return { ...bcryptOrder(cost), backend: bcryptjsBcrypt };
}

/** Codes or values: what became of each promise. */
export function outcomes(promises: readonly Promise<unknown>[]): Promise<unknown[]> {
  return Promise.all(promises.map((one) => one.catch((error: unknown) => codeOf(error))));
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
}

/** A promise that is settled from outside. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

export function deferred<T>(): Deferred<T> {
  let settle: Pick<Deferred<T>, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  if (settle === undefined) throw new Error('a promise runs its executor at once');
  return { promise, ...settle };
}

/** All that is due as microtasks and as the next task has run. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
