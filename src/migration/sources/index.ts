/** The table of sources, and which of them an export is. */
import { clerk } from './clerk.js';
import type { Source } from './contract.js';
import { generic } from './generic.js';

export type SourceName = 'clerk' | 'generic';

export const sources: readonly Source[] = Object.freeze([clerk, generic]);

/** @throws {TypeError} on a name that is no source's. */
export function sourceNamed(name: string): Source {
  const source = sources.find((one) => one.name === name);
  if (source === undefined) {
    throw new TypeError(
      `source: there is no source of this name; known: auto, ${sources.map((one) => one.name).join(', ')}`,
    );
  }
  return source;
}

/** Clerk's two columns by their names are Clerk's; everything else has named fields. */
export function sourceOf(fields: readonly string[]): Source {
  return fields.includes('password_digest') && fields.includes('password_hasher') ? clerk : generic;
}
