/** Values of another realm, as in Jest's and jsdom's: bytes are bytes wherever they were made. */
import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { isBytes } from '../../src/encoding/brand.js';
import { createEngine } from '../../src/engine/engine.js';
import { makeTransferable, wipe } from '../../src/engine/protocol.js';
import { createWorkerThread } from '../../src/engine/worker-thread.js';
import type { CostlyJobs, CostlyKdf } from '../../src/jobs.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { portableCatalogue } from '../../src/kdf/catalogue-portable.js';
import type { Backend } from '../../src/kdf/contract.js';
import { selectBackends } from '../../src/kdf/select.js';
import { outcomes } from '../support/orders.js';

const context = createContext({});
const foreign = (length: number): Uint8Array => runInContext(`new Uint8Array(${length}).fill(7)`, context);
const own = (length: number): Uint8Array => new Uint8Array(length).fill(7);

const jobsOf = (make: (length: number) => Uint8Array): { readonly [K in CostlyKdf]: CostlyJobs[K] } => ({
  bcrypt: { password: make(3), salt: make(16), cost: 4, variant: '2b' },
  pbkdf2: { prf: 'sha256', password: make(3), salt: make(16), c: 10, dkLen: 32 },
  scrypt: { password: make(3), salt: make(16), N: 16, r: 1, p: 1, dkLen: 32 },
  argon2: { type: 'argon2id', version: 19, password: make(3), salt: make(16), m: 64, t: 1, p: 1, dkLen: 32 },
  iteratedHash: { algorithm: 'md5', first: make(3), suffix: make(16), rounds: 10 },
  crypt: { scheme: 'sha512_crypt', password: make(3), salt: make(16), rounds: 10 },
});

test('Bytes of another realm are no instance of this one’s class', () => {
  expect(foreign(3) instanceof Uint8Array).toBe(false);
  expect(isBytes(foreign(3))).toBe(true);
});

describe.each(Object.keys(jobsOf(own)) as CostlyKdf[])('%s', (kdf) => {
  type Derive = (job: unknown) => Promise<Uint8Array>;
  const [mine, theirs] = [jobsOf(own)[kdf], jobsOf(foreign)[kdf]];

  test('derives the same of them on another thread', async () => {
    const engine = createEngine({ threads: [createWorkerThread()] });
    const derive = selectBackends(nodeCatalogue, {}, engine).kdfs()[kdf] as Derive;
    expect([...(await derive(theirs))]).toEqual([...(await derive(mine))]);
    await engine.close();
  });

  const all = (portableCatalogue.costly[kdf] as readonly Backend<never>[])
    .filter(({ unsupported }) => unsupported?.(mine as never) === undefined)
    .map(({ name }) => name);
  test.each(all)('derives the same of them by %s', async (name) => {
    const derive = selectBackends(portableCatalogue, { [kdf]: name }).kdfs()[kdf] as Derive;
    expect([...(await derive(theirs))]).toEqual([...(await derive(mine))]);
  });

  test('is asked with bytes and nothing that only looks so', async () => {
    const derive = selectBackends(portableCatalogue).kdfs()[kdf] as Derive;
    const [field] = Object.entries(mine).find(([, value]) => isBytes(value)) ?? [''];
    const broken = [[1, 2, 3], 'abc', new Uint16Array(3), new Proxy(own(3), {}), Object.create(Uint8Array.prototype)];
    for (const value of broken) await expect(derive({ ...mine, [field]: value })).rejects.toBeInstanceOf(TypeError);
  });
});

test('What is sent to a thread is a copy of them, and they are wiped there', () => {
  const job = { password: foreign(3), salt: own(2) };
  const { message, transfer } = makeTransferable([job]);
  expect(transfer).toHaveLength(2);
  expect(message[0]?.password).not.toBe(job.password);
  wipe(job);
  expect([...job.password, ...job.salt]).toEqual([0, 0, 0, 0, 0]);
  expect([...(message[0]?.password ?? [])]).toEqual([7, 7, 7]);
});

test('A signal of another class aborts what waits and what runs', async () => {
  class Polyfill {
    aborted = false;
    readonly #listeners = new Set<() => void>();
    addEventListener(_: string, listener: () => void): void {
      this.#listeners.add(listener);
    }
    removeEventListener(_: string, listener: () => void): void {
      this.#listeners.delete(listener);
    }
    abort(): void {
      this.aborted = true;
      for (const listener of this.#listeners) listener();
    }
  }
  const signal = new Polyfill();
  const { kdfs } = selectBackends(portableCatalogue, {}, createEngine());
  const { bcrypt } = kdfs({ signal: signal as unknown as AbortSignal });
  const jobs = outcomes([1, 2].map(() => bcrypt({ ...jobsOf(own).bcrypt, cost: 16 }).catch(({ name }) => name)));
  setTimeout(() => signal.abort(), 20);
  expect(await jobs).toEqual(['AbortError', 'AbortError']);
  expect(await outcomes([bcrypt(jobsOf(own).bcrypt).catch(({ name }) => name)])).toEqual(['AbortError']);
});
