/** The options of one call. */
import { expect, test } from 'vitest';
import { CALL_OPTIONS, readCall, VERIFY_OPTIONS } from '../../src/login/call.js';

const read = (options: unknown, known = VERIFY_OPTIONS) => readCall('verify', options as never, known);

test('are signal, priority and, of a verification, equalize', () => {
  expect(CALL_OPTIONS).toEqual(['signal', 'priority']);
  expect(VERIFY_OPTIONS).toEqual(['signal', 'priority', 'equalize']);
  expect(() => read({ equalize: true }, CALL_OPTIONS)).toThrow(TypeError);
});

test('are read once', () => {
  const { signal } = new AbortController();
  const options = { signal, priority: 'low', equalize: true };
  const call = read(options);
  options.priority = 'high';
  expect(call).toEqual({ signal, priority: 'low', equalize: true });
  expect(call.signal).toBe(signal);
  expect(read(undefined)).toBe(read(undefined));
  expect(read({ signal: undefined }).signal).toBeUndefined();
  for (const priority of ['high', 'normal']) expect(read({ priority })).toMatchObject({ priority });
  expect(read({ signal: null })).toEqual({ signal: undefined, priority: undefined, equalize: undefined });
});

test.each([
  { priority: 'urgent' },
  { equalize: 1 },
  { signal: 5 },
  { signal: {} },
  { signal: { aborted: true } },
  null,
  'high',
])('%j is wrong use', (options) => expect(() => read(options)).toThrow(TypeError));

/** Without reason and throwIfAborted, as packages from before Node 17 have it. */
function polyfill(aborted: boolean) {
  const listeners: (() => void)[] = [];
  const signal = {
    aborted,
    addEventListener: (_: string, listener: () => void) => void listeners.push(listener),
    removeEventListener: () => {},
  };
  return { signal, listeners };
}

test('a polyfill becomes a signal of the platform, the same at each call', () => {
  const { signal, listeners } = polyfill(false);
  const { signal: followed } = read({ signal });
  expect(followed).toBeInstanceOf(AbortSignal);
  expect(read({ signal }).signal).toBe(followed);
  expect(read({ signal: { ...signal } }).signal).not.toBe(followed);
  expect(followed?.aborted).toBe(false);
  signal.aborted = true;
  for (const listener of listeners) listener();
  expect(followed?.aborted).toBe(true);
});

test('a polyfill that aborted is not listened to', () => {
  const { signal, listeners } = polyfill(true);
  expect(read({ signal }).signal?.aborted).toBe(true);
  expect(listeners).toEqual([]);
});

test('what has a throwIfAborted that cannot be called is a polyfill', () => {
  const { signal } = polyfill(false);
  expect(read({ signal: { ...signal, throwIfAborted: true } }).signal).toBeInstanceOf(AbortSignal);
});
