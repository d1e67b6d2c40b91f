/** The formats as one text, of which a hasher is made when it is asked for: an import costs no more for hundreds of them. */
import type { AnyHasher } from '../types.js';
import { FORMATS } from './embedded-formats.js';
import { defineFormat, type FormatCore } from './format.js';

/** Hashers by name that are made at the first need. */
export interface HasherTable {
  /** In the order of their names, without aliases. */
  readonly names: readonly string[];
  /** All of them, in the order of their names. */
  readonly hashers: readonly AnyHasher[];
  /** @param name of a hasher, or an alias of one. */
  get(name: string): AnyHasher | undefined;
}

/** Names of the import API's hashers in other lists of formats. */
export const ALIASES: Readonly<Record<string, string>> = Object.freeze({
  hex_md5: 'md5',
  hex_sha256: 'sha256',
  django_pbkdf2_sha256: 'pbkdf2_sha256_django',
});

/** @param text a JSON array of formats. */
export function createHasherTable(text: string): HasherTable {
  let cores: ReadonlyMap<string, FormatCore> | undefined;
  let all: readonly AnyHasher[] | undefined;
  const made = new Map<FormatCore, AnyHasher>();

  function read(): ReadonlyMap<string, FormatCore> {
    if (cores !== undefined) return cores;
    const found = new Map<string, FormatCore>();
    const formats: readonly FormatCore[] = JSON.parse(text);
    for (const format of formats) found.set(format.name, format);
    for (const format of formats) for (const alias of format.aliases ?? []) found.set(alias, format);
    cores = found;
    return found;
  }

  function make(format: FormatCore): AnyHasher {
    let hasher = made.get(format);
    if (hasher === undefined) {
      hasher = defineFormat(format);
      made.set(format, hasher);
    }
    return hasher;
  }

  return {
    get names() {
      return [...new Set([...read().values()].map(({ name }) => name))];
    },
    get hashers() {
      all ??= Object.freeze([...new Set(read().values())].map(make));
      return all;
    },
    get(name) {
      const format = read().get(name);
      return format && make(format);
    },
  };
}

/** The formats besides the import API's. */
export const formatTable: HasherTable = createHasherTable(FORMATS);
