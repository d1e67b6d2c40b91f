/**
 * Node's own modules, at their first use. Importing node:crypto and node:worker_threads takes a third of what the import
 * of digestry takes, and a program that parses, or has not met its first user yet, needs neither.
 */

type Builtins = Pick<typeof process, 'getBuiltinModule'>;

/** @returns a function that gives the module; the same one each time. */
export function lazyBuiltin<T>(load: (from: Builtins) => T): () => T {
  let loaded: T | undefined;
  return () => {
    loaded ??= load(process);
    return loaded;
  };
}

export const nodeCrypto: () => typeof import('node:crypto') = lazyBuiltin((from) =>
  from.getBuiltinModule('node:crypto'),
);
