/** The verifier behind an entry point's own verify. */
import { expect, test } from 'vitest';
import { digestError } from '../../src/errors.js';
import type { Verifier } from '../../src/login/contract.js';
import { createDefaultFunctions } from '../../src/login/default-verifier.js';

function makes() {
  const closed: number[] = [];
  let made = 0;
  const create = () => {
    const number = ++made;
    return { number, close: async () => void closed.push(number) } as unknown as Verifier;
  };
  return { create, closed, made: () => made };
}

test('is made at the first call, once', () => {
  const { create, made } = makes();
  const { defaultVerifier: verifier } = createDefaultFunctions(create);
  expect(made()).toBe(0);
  expect(verifier()).toBe(verifier());
  expect(made()).toBe(1);
});

test('is another one after it was closed', async () => {
  const { create, closed, made } = makes();
  const { defaultVerifier: verifier } = createDefaultFunctions(create);
  const first = verifier();
  await first.close();
  const second = verifier();
  expect(second).not.toBe(first);
  // Closed again, the first leaves its successor in place.
  await first[Symbol.asyncDispose]();
  expect(verifier()).toBe(second);
  expect([closed, made()]).toEqual([[1, 1], 2]);
});

test('answers with a rejection where it cannot be made', async () => {
  const error = digestError('ERR_BACKEND', 'absent');
  const failing = (thrown: unknown) => () => {
    throw thrown;
  };
  const credential = { passwordHasher: 'md5', passwordDigest: '5f4dcc3b5aa765d61d8327deb882cf99' };
  const { verify, verifyAny } = createDefaultFunctions(failing(error));
  expect(await verify('password', credential)).toEqual({ outcome: 'rejected', error });
  expect(await verifyAny('password', credential.passwordDigest)).toEqual({ outcome: 'rejected', error });
  const wrongUse = new TypeError('wrong use');
  await expect(createDefaultFunctions(failing(wrongUse)).verify('password', credential)).rejects.toBe(wrongUse);
});
