/** A loop over an empty table makes no tests and stays green, so `each` refuses one, in every test file. */
import { describe, it, suite, test } from 'vitest';

for (const api of [test, it, describe, suite] as { each: (...table: unknown[]) => unknown }[]) {
  const { each } = api;
  api.each = function refusing(this: unknown, ...table: unknown[]): unknown {
    if (Array.isArray(table[0]) && table[0].length === 0) {
      throw new Error('each has an empty table: its tests would vanish without a failure');
    }
    return Reflect.apply(each, this, table);
  };
}
