/** Each hasher is a public export of its own, by its name in camel case. */
import { expect, test } from 'vitest';
import * as digestry from '../../src/index.js';
import * as portable from '../../src/portable.js';
import type { AnyHasher } from '../../src/types.js';

/** Functions of options: the list has what they make without any. */
const MADE = ['md5_salted', 'sha256_salted'];

test('there are hashers', () => expect(digestry.clerkHashers).not.toHaveLength(0));

test.each(digestry.clerkHashers.map((hasher) => [hasher.name, hasher] as const))('%s', (name, hasher) => {
  const exported = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  for (const entry of [digestry, portable] as unknown as Record<string, AnyHasher | (() => AnyHasher)>[]) {
    const found = entry[exported];
    expect((typeof found === 'function' ? found() : found)?.name).toBe(name);
    if (!MADE.includes(name)) expect(found).toBe(hasher);
  }
});
