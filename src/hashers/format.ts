/** A hasher from data: a layout says which text holds which fields, a recipe which bytes come of them. */

import { DigestError, digestError, malformed } from '../errors.js';
import type { Kdfs } from '../jobs.js';
import {
  type CompiledLayout,
  compileField,
  compileLayout,
  type Field,
  type Layout,
  type LayoutMatch,
} from '../layout/index.js';
import { type CompiledRecipe, compileRecipe, outputBytes, parseRecipe, type Recipe } from '../recipe/index.js';
import type {
  AnyHasher,
  CompanionNeed,
  Companions,
  CompanionValue,
  Example,
  Hasher,
  Params,
  Parsed,
} from '../types.js';
import { defineHasher } from './define.js';
import { createParsed, NO_BYTES } from './parsed.js';

/** Where a format comes from: its folder. */
export type Family =
  | 'crypt'
  | 'databases'
  | 'dotnet'
  | 'go'
  | 'identity-providers'
  | 'javascript'
  | 'jvm'
  | 'ldap'
  | 'php'
  | 'plain'
  | 'python'
  | 'ruby';

/** 1: very many users have it, 5: it is rare. */
export type Spread = 1 | 2 | 3 | 4 | 5;

/** What another column holds, and whether a digest may come without it. */
export type CompanionField = { readonly optional?: true; readonly default?: string } & (
  | { readonly field: Field }
  /** A text with several fields, or with alternatives. */
  | { readonly layout: Layout }
);

/** What the derivation needs of a format: plain data, of which JSON keeps everything. */
export interface FormatCore {
  readonly name: string;
  readonly family: Family;
  readonly users: Spread;
  readonly layout: Layout;
  /** In John the Ripper's dynamic notation; or one recipe for each word of a field. */
  readonly recipe: string | RecipeChoice;
  /**
   * Fields that other columns hold, by name: `salt`, `username`, `pepper`, or a name in `params`. One with a default is
   * optional.
   */
  readonly companions?: Readonly<Record<string, CompanionField>>;
  readonly aliases?: readonly string[];
  /** The hash is fast or broken. */
  readonly insecure?: true;
  /** Its text is another hasher's: only its source, or a known password, says that it is this one. */
  readonly looksLike?: string;
  readonly example: Example & { readonly password: string };
}

export interface RecipeChoice {
  /** A field that holds a word. */
  readonly by: string;
  readonly of: Readonly<Record<string, string>>;
}

/** A format with what its documentation says. */
export interface FormatData extends FormatCore {
  /** Products and versions that write it. */
  readonly writers: string;
  /** What one gets wrong. */
  readonly traps?: readonly string[];
  /** Where the grammar and derivation are published. */
  readonly sources: readonly string[];
}

/** Byte fields other than salt and hash, by name. Secret. */
export type FormatContext = Readonly<Record<string, Uint8Array>>;
export type Format = Hasher<Params, FormatContext>;

const data = new WeakMap<object, FormatData | FormatCore>();
const layouts = new WeakMap<object, CompiledLayout>();

/** Whether a digest has the form of this format, whatever its row has. False for a hasher that is code. */
export function fitsLayout(hasher: AnyHasher, digest: string): boolean {
  const layout = layouts.get(hasher);
  if (layout === undefined || !layout.mayFit(digest)) return false;
  try {
    // A length that no writer has is of another format.
    return layout.parse(digest).warnings.every(({ code }) => code !== 'WARN_LENGTH');
  } catch (error) {
    if (error instanceof DigestError) return false;
    throw error;
  }
}

/** The data that a hasher was made of; undefined of one that is code. */
export function getFormat(hasher: AnyHasher): FormatCore | undefined {
  return data.get(hasher);
}

/** The same with its documentation, where it was defined with it. */
export function getDocumentedFormat(hasher: AnyHasher): FormatData | undefined {
  const format = data.get(hasher);
  return format !== undefined && 'writers' in format ? format : undefined;
}

/**
 * A hasher from its data. Its recipe is compiled at its first use.
 * @throws {TypeError} where the data is not a format.
 */
export function defineFormat(format: FormatData | FormatCore): Format {
  const { name, companions = {} } = format;
  const layout = compileLayout(format.layout);
  const recipes = new Map<string, CompiledRecipe & { readonly recipe: Recipe }>();
  const companionLayouts = new Map<string, CompiledLayout>();

  function recipeFor(params: Params): CompiledRecipe & { readonly recipe: Recipe } {
    const text = chooseRecipe(format.recipe, params);
    const known = recipes.get(text);
    if (known !== undefined) return known;
    const recipe = parseRecipe(text);
    const compiled = { ...compileRecipe(recipe), recipe };
    recipes.set(text, compiled);
    return compiled;
  }

  function parse(digest: string, given: Companions = NO_COMPANIONS): Parsed<Params, FormatContext> {
    const read = layout.parse(digest);
    const match = companions === NO_FIELDS ? read : withCompanions(read, given);
    const { salt = NO_BYTES, hash = NO_BYTES, ...context } = match.bytes;
    checkLength(match.params, hash.length);
    const params = 'keylen' in match.params ? match.params : { ...match.params, keylen: hash.length };
    return createParsed(params, salt, hash, match.warnings, context);
  }

  /** @throws {DigestError} where the recipe cannot derive a hash of this length. */
  function checkLength(params: Params, bytes: number): void {
    if (layout.trimHash !== undefined) return;
    const wanted = outputBytes(recipeFor(params).recipe, params);
    if (wanted !== undefined && wanted !== bytes) throw wrongLength(wanted, bytes);
  }

  function withCompanions(match: LayoutMatch, given: Companions): LayoutMatch {
    let { params, bytes, warnings } = match;
    for (const [field, { optional, default: fallback }] of Object.entries(companions)) {
      const held = bytes[field] !== undefined || params[field] !== undefined;
      const value = takeCompanion(given, field) ?? (held ? undefined : fallback);
      if (value === undefined) {
        if (held || optional) continue;
        throw missingCompanion(field);
      }
      const other = readCompanion(field, value);
      if (held && !agrees(field, match, other)) throw contradiction(field);
      params = { ...params, ...other.params };
      bytes = { ...bytes, ...other.bytes };
      warnings = [...warnings, ...other.warnings];
    }
    return { params, bytes, warnings };
  }

  function companionLayout(field: string): CompiledLayout {
    let compiled = companionLayouts.get(field);
    if (compiled === undefined) {
      const companion = companions[field] as CompanionField;
      compiled = 'layout' in companion ? compileLayout(companion.layout) : compileField(companion.field);
      companionLayouts.set(field, compiled);
    }
    return compiled;
  }

  function readCompanion(field: string, value: CompanionValue | Uint8Array): LayoutMatch {
    // Bytes are the value itself.
    if (value instanceof Uint8Array) return { params: {}, bytes: { [field]: value }, warnings: [] };
    try {
      return companionLayout(field).parse(typeof value === 'object' ? value.join(',') : String(value));
    } catch (error) {
      if (!(error instanceof DigestError)) throw error;
      // The offset is one of the companion, and would point into the digest.
      const { code, message, fix, hint } = error;
      throw digestError(code, message, { field, fix, hint, subcode: COMPANION });
    }
  }

  const needs: CompanionNeed[] = Object.entries(companions).map(([field, { optional = false, default: fallback }]) => ({
    name: field,
    optional: optional || fallback !== undefined,
  }));

  const hasher = defineHasher<Params, FormatContext>({
    name,
    // A digest that looks like another hasher's has that one's signature.
    prefixes: format.looksLike === undefined ? layout.prefixes : [],
    insecure: format.insecure,
    freeTail: layout.freeTail,
    example: format.example,
    parse,
    serialize: ({ params, salt, hash, context }) => layout.print(params, { ...context, salt, hash }),
    cost: (params) => recipeFor(params).cost(params, Number(params['keylen'] ?? 0)),
    locate: (digest, field) => layout.locate(digest, field),
    derive(password, { params, salt, hash, context }, kdfs: Kdfs) {
      const input = { password, bytes: { ...context, salt, hash }, params, hashBytes: hash.length };
      const derived = recipeFor(params).derive(input, kdfs);
      const { trimHash = (bytes: Uint8Array) => ofLength(bytes, hash.length) } = layout;
      return derived instanceof Uint8Array ? trimHash(derived) : derived.then(trimHash);
    },
    ...(needs.length > 0 && {
      companions: needs,
      getCompanions: (parsed: Parsed<Params, FormatContext>) =>
        listCompanions(companions, layout, companionLayout, parsed),
    }),
  });
  data.set(hasher, format);
  layouts.set(hasher, layout);
  return hasher;
}

/** Each recipe of a format, with the words that choose it. */
export function listRecipes({ recipe }: FormatCore): readonly { readonly text: string; readonly fixed: Params }[] {
  if (typeof recipe === 'string') return [{ text: recipe, fixed: {} }];
  return Object.entries(recipe.of).map(([word, text]) => ({ text, fixed: { [recipe.by]: word } }));
}

const NO_COMPANIONS: Companions = Object.freeze({});
const NO_FIELDS = Object.freeze({});

function chooseRecipe(recipe: string | RecipeChoice, params: Params): string {
  if (typeof recipe === 'string') return recipe;
  const word = String(params[recipe.by]);
  const chosen = Object.hasOwn(recipe.of, word) ? recipe.of[word] : undefined;
  if (chosen !== undefined) return chosen;
  const message = `${recipe.by} must be one of ${Object.keys(recipe.of).join(', ')}`;
  throw digestError('ERR_UNSUPPORTED', message, { field: recipe.by });
}

function takeCompanion(given: Companions, field: string): CompanionValue | Uint8Array | undefined {
  const value = field === 'salt' || field === 'username' || field === 'pepper' ? given[field] : given.params?.[field];
  return value ?? undefined;
}

/** Of a field that the digest does not hold. */
export function missingCompanion(field: string): DigestError {
  const fix = `pass ${field} with the credential`;
  return malformed(field, 0, `${field} is missing: it is in another column of the row`, fix, MISSING);
}

/** The subcodes of errors about a companion: the digest itself may be sound. */
export const MISSING = 'missing';
export const COMPANION = 'companion';

function wrongLength(wanted: number, bytes: number): DigestError {
  return digestError('ERR_MALFORMED', `hash must be ${wanted} bytes (is ${bytes})`, { field: 'hash' });
}

/** A parameter may say a length, and the hash have another. */
function ofLength(derived: Uint8Array, bytes: number): Uint8Array {
  if (derived.length === bytes) return derived;
  throw wrongLength(derived.length, bytes);
}

export function contradiction(field: string): DigestError {
  return digestError('ERR_MALFORMED', `${field} of the digest differs from the ${field} of its row`, {
    field,
    subcode: COMPANION,
    fix: `pass the credential without ${field}, or with the one of its digest`,
  });
}

function agrees(field: string, one: LayoutMatch, other: LayoutMatch): boolean {
  const [a, b] = [one.bytes[field], other.bytes[field]];
  if (a === undefined || b === undefined) return one.params[field] === other.params[field];
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** What the printed digest does not hold. */
function listCompanions(
  companions: Readonly<Record<string, CompanionField>>,
  layout: CompiledLayout,
  layoutOf: (field: string) => CompiledLayout,
  { params, salt, context }: Parsed<Params, FormatContext>,
): Companions {
  const found: { salt?: Uint8Array; username?: Uint8Array; pepper?: Uint8Array } = {};
  const values: Record<string, number | string> = {};
  for (const [field, companion] of Object.entries(companions)) {
    const bytes = field === 'salt' ? salt : context[field];
    // An empty one is not written where it is optional.
    if (layout.fields.includes(field) && (bytes === undefined || bytes.length > 0)) continue;
    if (field === 'salt' || field === 'username' || field === 'pepper') {
      if (bytes !== undefined) found[field] = bytes;
    } else if ('layout' in companion) values[field] = layoutOf(field).print(params, context);
    else if (params[field] !== undefined) values[field] = params[field];
    else if (bytes !== undefined) values[field] = new TextDecoder().decode(bytes);
  }
  return { ...found, params: values };
}
