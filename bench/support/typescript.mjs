/**
 * `node --import ./bench/support/typescript.mjs FILE.ts` runs a benchmark on the code that users run. tsx keeps the name of
 * each function by a call that it adds where the function is made, which costs a third of a dispatch that makes closures.
 */
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
