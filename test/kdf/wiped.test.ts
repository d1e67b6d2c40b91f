/** What the backends in JavaScript work in: nothing of it is left, whether a job ends or is abandoned. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { portableArgon2 } from '../../src/kdf/argon2/portable.js';
import type { Halt } from '../../src/kdf/contract.js';
import { portableCrypt } from '../../src/kdf/crypt/portable.js';
import { getDesTables } from '../../src/kdf/des/tables.js';
import { portablePbkdf2 } from '../../src/kdf/pbkdf2/portable.js';
import { portableScrypt } from '../../src/kdf/scrypt/portable.js';

const password = new Uint8Array([1, 2, 3]);
const salt = new Uint8Array(16).fill(4);
/** By name: derives something with slices, and how many bytes each array has that must not keep anything. */
const JOBS = {
  pbkdf2: async (signal: Halt | undefined) => {
    const derive = await portablePbkdf2.load();
    return derive({ prf: 'sha256', password, salt, c: 5000, dkLen: 16 }, { signal, tickMs: 0 });
  },
  scrypt: async (signal: Halt | undefined) => {
    const derive = await portableScrypt.load();
    return derive({ password, salt, N: 1024, r: 8, p: 1, dkLen: 16 }, { signal, tickMs: 0 });
  },
  argon2: async (signal: Halt | undefined) => {
    const derive = await portableArgon2.load();
    const job = { type: 'argon2id', version: 19, password, salt, m: 256, t: 1, p: 1, dkLen: 16 } as const;
    return derive(job, { signal, tickMs: 0 });
  },
  crypt: async (signal: Halt | undefined) => {
    const derive = await portableCrypt.load();
    return derive({ scheme: 'sha512_crypt', password, salt, rounds: 2000 }, { signal, tickMs: 0 });
  },
  yescrypt: async (signal: Halt | undefined) => {
    const derive = await portableCrypt.load();
    const job = { scheme: 'yescrypt', password, salt, flags: 182, N: 1024, r: 8, p: 2, t: 1 } as const;
    return derive(job, { signal, tickMs: 0 });
  },
  'bsdi crypt': async (signal: Halt | undefined) => {
    const derive = await portableCrypt.load();
    const long = new Uint8Array(40).fill(5);
    return derive({ scheme: 'bsdi_crypt', password: long, salt, rounds: 10_000 }, { signal, tickMs: 0 });
  },
};
// Tables that are made once hold nothing of a password.
getDesTables();

/** Every array of words that is made from now on, and those of bytes in which a derivation keeps its state. */
function watchArrays(): (Int32Array | Uint8Array)[] {
  const made: (Int32Array | Uint8Array)[] = [];
  const [Words, Bytes] = [Int32Array, Uint8Array];
  vi.stubGlobal(
    'Int32Array',
    class extends Words {
      constructor(...args: [number]) {
        super(...args);
        made.push(this);
      }
    },
  );
  vi.stubGlobal(
    'Uint8Array',
    class extends Bytes {
      constructor(...args: [number]) {
        super(...args);
        // U and T of PBKDF2-SHA256, B of scrypt, C of Argon2, the messages of SHA-crypt.
        if (args.length === 1 && [32, 1024, 67, 70, 83, 86].includes(args[0])) made.push(this);
      }
    },
  );
  return made;
}

const isZero = (array: Int32Array | Uint8Array): boolean => array.every((one) => one === 0);

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each(Object.entries(JOBS))('%s in slices', (_, derive) => {
  test('leaves zeros', async () => {
    const made = watchArrays();
    const hash = await derive(undefined);
    vi.unstubAllGlobals();
    expect(isZero(hash)).toBe(false);
    expect(made.length).toBeGreaterThan(0);
    const kept = made.filter((array) => array !== hash && !isZero(array));
    expect(kept.map(({ length }) => length)).toEqual([]);
  });

  test('leaves zeros where it is abandoned', async () => {
    const made = watchArrays();
    let slices = 0;
    const halt: Halt = {
      get aborted() {
        return ++slices > 3;
      },
      reason: 'enough',
    };
    await expect(derive(halt)).rejects.toBe('enough');
    vi.unstubAllGlobals();
    expect(made.length).toBeGreaterThan(0);
    expect(made.filter((array) => !isZero(array)).map(({ length }) => length)).toEqual([]);
  });
});
