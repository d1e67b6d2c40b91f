/**
 * `node --import ./bench/support/typescript.mjs FILE.ts` runs a benchmark on the code that users run. tsx adds a call where a
 * function is made, to keep its name: the ratios of a dispatch to its reference loop came out 1.2 and 0.75 times as high.
 */
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);

/** What `await using` is made of for Node 20: the transform calls it by this name. */
globalThis.babelHelpers = {
  usingCtx() {
    const disposals = [];
    const errors = [];
    return {
      set e(error) {
        errors.push(error);
      },
      a(resource) {
        disposals.unshift(() => resource[Symbol.asyncDispose]());
        return resource;
      },
      async d() {
        for (const dispose of disposals) await dispose().catch((error) => errors.push(error));
        if (errors.length > 0) throw errors[0];
      },
    };
  },
};
