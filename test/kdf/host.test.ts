/** Runtimes are known by what they say of themselves. */
import { expect, test } from 'vitest';
import { countCores, isBoundToRequests } from '../../src/kdf/host.js';
import { chooseLater } from '../../src/kdf/pause.js';

test('Cloudflare Workers are known by their user agent, and before they had one by WebSocketPair', () => {
  expect(isBoundToRequests({ navigator: { userAgent: 'Cloudflare-Workers' } })).toBe(true);
  expect(isBoundToRequests({ WebSocketPair: class {} })).toBe(true);
  expect(isBoundToRequests({ navigator: { userAgent: 'Mozilla/5.0' } })).toBe(false);
  expect(isBoundToRequests({ navigator: undefined })).toBe(false);
  expect(isBoundToRequests({})).toBe(false);
});

test('cores are one where the runtime does not say', () => {
  expect(countCores({ navigator: { hardwareConcurrency: 8 } })).toBe(8);
  expect(countCores({ navigator: {} })).toBe(1);
  expect(countCores({})).toBe(1);
});

/** Which way of a host was taken. */
function takenIn(host: Readonly<Record<string, unknown>>): Promise<string> {
  return new Promise((resolve) => {
    const way = (name: string) => (callback: () => void) => {
      resolve(name);
      callback();
    };
    const setTimeout = way('setTimeout');
    const setImmediate = way('setImmediate');
    chooseLater({ setTimeout, setImmediate, ...host } as never)(() => {});
  });
}

test('a request-bound runtime waits by timers, which end with the request that they serve', async () => {
  expect(await takenIn({ WebSocketPair: class {} })).toBe('setTimeout');
  expect(await takenIn({})).toBe('setImmediate');
});

test('a function that throws in the place of a missing one is passed over', async () => {
  const setImmediate = () => {
    throw new Error('not supported in the Edge Runtime');
  };
  expect(await takenIn({ setImmediate })).toBe('setTimeout');
});
