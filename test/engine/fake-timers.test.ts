/** Timers that a test has faked (Jest, Vitest) hang no verification, whether digestry was loaded before or after. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as node from '../../src/index.js';
import * as portable from '../../src/portable.js';

const FAKED: NonNullable<Parameters<typeof vi.useFakeTimers>[0]>['toFake'] = [
  ...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'] as const),
  ...(['queueMicrotask', 'performance', 'Date', 'hrtime'] as const),
];
const COSTLY = ['bcrypt', 'scrypt_werkzeug', 'pbkdf2_sha256', 'argon2id', 'phpass'];

afterEach(() => {
  vi.useRealTimers();
  vi.resetModules();
});

async function outcomesOf({
  createVerifier,
  clerkHashers,
}: Pick<typeof node, 'createVerifier' | 'clerkHashers'>): Promise<string[]> {
  const verifier = createVerifier();
  const found: string[] = [];
  for (const name of COSTLY) {
    const example = clerkHashers.find((one) => one.name === name)?.example;
    const credential = { passwordHasher: name, passwordDigest: example?.digest ?? '' };
    found.push((await verifier.verify(example?.password ?? '', credential)).outcome);
  }
  await verifier.close();
  return found;
}

describe('with faked timers', () => {
  test.each([
    ['Node', node],
    ['any platform', portable],
  ])('the entry for %s answers, loaded before', async (_, loaded) => {
    vi.useFakeTimers({ toFake: FAKED });
    expect(await outcomesOf(loaded)).toEqual(Array(COSTLY.length).fill('match'));
  });

  test.each([
    ['Node', () => import('../../src/index.js')],
    ['any platform', () => import('../../src/portable.js')],
  ])('the entry for %s answers, loaded after', async (_, load) => {
    vi.resetModules();
    vi.useFakeTimers({ toFake: FAKED });
    expect(await outcomesOf(await load())).toEqual(Array(COSTLY.length).fill('match'));
  });
});
