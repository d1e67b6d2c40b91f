/** Wrong use of a verifier has no code, so its messages are compared, as a whole. */
import { expect, test } from 'vitest';
import { clerkHashers, createRegistry } from '../../src/index.js';
import { CALL_OPTIONS, readCall, VERIFY_OPTIONS } from '../../src/login/call.js';
import { checkEqualize, checkOptions } from '../../src/login/options.js';
import { withPepper } from '../../src/login/pepper.js';
import { createUpgradeScheme } from '../../src/login/upgrade-scheme.js';
import { DEFAULT_LIMITS, limitsFrom } from '../../src/policy.js';

function messageOf(use: () => unknown): string {
  try {
    use();
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
  return 'no error';
}

test('says the option, its values and what was received', async () => {
  const registry = createRegistry(clerkHashers);
  const options = (given: unknown) => () => checkOptions(given as never);
  const call =
    (given: unknown, known = VERIFY_OPTIONS) =>
    () =>
      readCall('verify', given as never, known);
  const pepper =
    (given: unknown, known = registry) =>
    () =>
      withPepper(known, given as never);
  const target =
    (given: unknown, known = registry, limits = DEFAULT_LIMITS) =>
    () =>
      createUpgradeScheme(known, limits, given as never, undefined);
  const broken = () => {
    throw new RangeError('broken');
  };
  const brokenWithText = () => {
    throw 'a text';
  };
  const uses: (() => unknown)[] = [
    ...[null, { unknown: 1 }, { maxQueue: 0 }, { threads: 1.5 }, { maxMemoryBytes: '1' }, { normalize: 'NFD' }].map(
      options,
    ),
    ...[{ registry: 5 }, { equalize: 'yes' }, { hooks: 5 }, { hooks: { onVerify: 5 } }, { hooks: { onLogin: 5 } }].map(
      options,
    ),
    ...[null, { unknown: 1 }, { priority: 'urgent' }, { equalize: 1 }, { signal: 5 }, { signal: {} }].map((one) =>
      call(one),
    ),
    call({ equalize: true }, CALL_OPTIONS),
    () => checkEqualize(null),
    ...['', 5, 'one\ntwo', '\ud800'].map((one) => pepper(one)),
    pepper('pepper', createRegistry([])),
    pepper('pepper'),
    ...[
      null,
      5,
      { cost: 12 },
      'md5',
      'bcrypt:12',
      'argon2id:m=65536,t=3',
      'argon2id:65536:3:1:9',
      'argon2id:x=',
      'md5:1',
    ].map((one) => target(one)),
    ...[{ m: 5 }, { cost: '12' }, { cost: 0 }, { cost: 17 }].map((one) => target({ hasher: 'bcrypt', ...one })),
    target('bcrypt_peppered'),
    target('bcrypt', createRegistry([])),
    target('bcrypt', registry, limitsFrom({ digestChars: 59 })),
    target('bcrypt', { ...registry, parse: broken }),
    target('bcrypt', { ...registry, parse: brokenWithText }),
  ];
  await expect(`${uses.map(messageOf).join('\n')}\n`).toMatchFileSnapshot('golden/wrong-use.txt');
});
