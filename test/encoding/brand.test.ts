/** Values of other realms and other copies of digestry are what they are. */
import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import { isAbortSignalLike, isBytes, isThenable } from '../../src/encoding/brand.js';
import { describeReceived, namedReceived, nearestName } from '../../src/encoding/received.js';
import { DigestError, digestError } from '../../src/errors.js';
import { BackendAbsent } from '../../src/kdf/executor.js';

test('detects bytes of any realm', () => {
  for (const bytes of [new Uint8Array(1), Buffer.from('x'), runInNewContext('new Uint8Array(1)')]) {
    expect(isBytes(bytes)).toBe(true);
  }
  const pretender = { [Symbol.toStringTag]: 'Uint8Array', length: 1 };
  for (const other of [null, undefined, 'x', [1], pretender, new Uint16Array(1), new Proxy(new Uint8Array(1), {})]) {
    expect(isBytes(other)).toBe(false);
  }
});

test('detects signals and promises by their methods', () => {
  const foreign = runInNewContext('Promise.resolve()') as unknown;
  expect(foreign instanceof Promise).toBe(false);
  expect([isThenable(foreign), isThenable(Promise.resolve()), isThenable({}), isThenable(null)]).toEqual([
    ...[true, true, false, false],
  ]);
  expect([isAbortSignalLike(new AbortController().signal), isAbortSignalLike({ aborted: false })]).toEqual([
    true,
    false,
  ]);
});

test('errors of another loaded copy are errors of this one', async () => {
  vi.resetModules();
  const other = await import('../../src/errors.js');
  expect(other.DigestError).not.toBe(DigestError);
  const error = other.digestError('ERR_MALFORMED', 'x');
  expect(error).toBeInstanceOf(DigestError);
  expect(new Error('x')).not.toBeInstanceOf(DigestError);
  expect(new BackendAbsent('x')).toBeInstanceOf(DigestError);
  expect(digestError('ERR_BACKEND', 'x')).not.toBeInstanceOf(BackendAbsent);
  expect(Object.keys(error)).not.toContain('Symbol(digestry.DigestError)');
});

test('what came is named without its content', () => {
  const secret = 'hunter2';
  expect(
    [null, undefined, secret, 5, [secret], { secret }, () => secret, Symbol(secret)].map(describeReceived),
  ).toEqual([...['null', 'undefined', 'a string', 'a number', 'an array', 'an object', 'a function', 'a symbol']]);
});

test('distinguishes a misspelt name from another one', () => {
  const known = ['signal', 'priority', 'equalize'];
  expect(
    ['sginal', 'SIGNAL', 'prio', 'x', 'retries', 'y'.repeat(1000)].map((name) => nearestName(name, known)),
  ).toEqual([...['signal', 'signal', undefined, undefined, undefined, undefined]]);
});

test('a name that came is quoted where it can be a name, and described where it cannot', () => {
  const given = ['auth', 5, null, '$2b$10$N9qo8uLOickgx2ZMRZoMye', 'x'.repeat(25), ''];
  expect(given.map(namedReceived)).toEqual([...['"auth"', 'a number', 'null', 'a string', 'a string', 'a string']]);
});
