/**
 * `node --import ./bench/support/typescript.mjs FILE.ts` runs a benchmark on the code that users run. tsx adds a call where a
 * function is made, to keep its name: the ratios of a dispatch to its reference loop came out 1.2 and 0.75 times as high.
 */
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
