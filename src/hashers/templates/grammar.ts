/** How a hasher reads and writes its digests: by a layout, which is compiled at its first use. */
import { type CompiledLayout, compileLayout, type Layout } from '../../layout/index.js';
import type { Parsed } from '../../types.js';
import { createParsed, NO_BYTES } from '../parsed.js';

export interface Grammar<P extends object> {
  parse(digest: string): Parsed<P, undefined>;
  serialize(parsed: Parsed<P, undefined>): string;
  locate(digest: string, field: string): number | undefined;
}

/** @param layout of which the parameters are `P`. */
export function createGrammar<P extends object>(layout: Layout): Grammar<P> {
  let compiled: CompiledLayout | undefined;
  const compile = (): CompiledLayout => {
    compiled ??= compileLayout(layout);
    return compiled;
  };
  return {
    parse(digest) {
      const { params, salt = NO_BYTES, hash = NO_BYTES, warnings } = (compiled ?? compile()).parse(digest);
      return createParsed(params as P, salt, hash, warnings);
    },
    serialize: ({ params, salt, hash }) => compile().print(params as Parsed['params'], { salt, hash }),
    locate: (digest, field) => compile().locate(digest, field),
  };
}
