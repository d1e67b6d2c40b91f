/** Finds the structure of exports in their bytes, many at once. */
import {
  add,
  bitmask8,
  block,
  clz,
  doWhile,
  eq8,
  load128,
  ltU,
  popcnt,
  splat8,
  store32,
  sub,
  when,
} from './assembler.js';
import { csvFunctions } from './csv-structure.js';
import { jsonFunctions } from './json-structure.js';
import { ldifEntry } from './ldif-structure-entry.js';
import { ldifValue } from './ldif-structure-value.js';
import { STRUCTURE_RESULT_AT } from './structure-layout.js';
import type { WasmKernel } from './wasm-module.js';

const LF = 10;

/** `count(from, to)`: the number of LFs, and the place after the last; 0 without one. Whole vectors only. */
export function structureKernel(): WasmKernel {
  return {
    functions: [
      ...csvFunctions,
      {
        name: 'count',
        params: 2,
        body({ params: [from, to], local }) {
          if (from === undefined || to === undefined) throw new TypeError('params');
          const at = local('i32');
          const marks = local('i32');
          const count = local('i32');
          const last = local('i32');
          return block(
            at.set(from.get),
            when(
              ltU(add(at.get, 15), to.get),
              doWhile(
                ltU(add(at.get, 15), to.get),
                marks.set(bitmask8(eq8(load128(at.get), splat8(LF)))),
                count.set(add(count.get, popcnt(marks.get))),
                when(marks.get, last.set(add(at.get, sub(32, clz(marks.get))))),
                at.set(add(at.get, 16)),
              ),
            ),
            store32(STRUCTURE_RESULT_AT, count.get),
            store32(STRUCTURE_RESULT_AT, last.get, 4),
          );
        },
      },
      ...jsonFunctions,
      ldifEntry,
      ldifValue,
    ],
  };
}
