/** One digest in another notation: what one layout reads, another one writes, where both have one recipe. */
import { DigestError } from '../errors.js';
import { type FormatCore, getFormat, listRecipes } from '../hashers/index.js';
import type { Layout } from '../layout/index.js';
import { matchRecipe, parseRecipe } from '../recipe/index.js';
import type { AnyHasher, Companions, Credential, Params, Parsed } from '../types.js';

/** The import API's hashers whose derivation a recipe says; variables are their parameters. */
const CODED: Readonly<Record<string, string>> = {
  argon2i: 'argon2i($p, $s, $m, $t, $lanes)',
  argon2id: 'argon2id($p, $s, $m, $t, $lanes)',
  bcrypt: 'bcrypt($p)',
  bcrypt_sha256_django: 'bcrypt(sha256($p))',
  hmac_sha256_utf16_b64: 'hmac_sha256(utf16($p), utf16($p))',
  ldap_ssha: 'sha1($p.$s)',
  md5: 'md5($p)',
  pbkdf2_sha1: 'pbkdf2_sha1($p, $s, $iterations)',
  pbkdf2_sha256: 'pbkdf2_sha256($p, $s, $iterations)',
  pbkdf2_sha256_django: 'pbkdf2_sha256($p, $s, $iterations)',
  pbkdf2_sha512: 'pbkdf2_sha512($p, $s, $iterations)',
  pbkdf2_sha512_hex: 'pbkdf2_sha512($p, $s, $iterations)',
  scrypt_werkzeug: 'scrypt($p, $s, $N, $r, $lanes)',
  sha256: 'sha256($p)',
};
/** `$p` is the password. */
const RENAMED: Readonly<Record<string, string>> = { p: 'lanes', lanes: 'p' };

/**
 * The same digest as one of `to`, in its canonical spelling; undefined where the two are not one derivation, or `to` cannot
 * hold the digest's salt, length or parameters.
 */
export function renotate(from: AnyHasher, parsed: Parsed, to: AnyHasher): Credential | undefined {
  const source = sourceRecipe(from, parsed.params);
  if (source === undefined) return undefined;
  const context = getFormat(from) === undefined ? {} : (parsed.context as Readonly<Record<string, Uint8Array>>);
  const digest = {
    recipe: parseRecipe(source),
    params: renameAll(from, parsed.params),
    bytes: { ...context, salt: parsed.salt },
    hashBytes: parsed.hash.length,
  };
  for (const { text, fixed } of targetRecipes(to)) {
    const found = matchRecipe(parseRecipe(text), digest, (field) => wordsOf(to, field));
    if (found === undefined) continue;
    const { variant, ...bytes } = found.bytes;
    if (variant !== undefined && !hasVariant(to) && !EQUAL_VARIANTS.test(String.fromCharCode(...variant))) continue;
    const written = write(to, parsed, { ...renameAll(to, found.params), ...fixed }, bytes);
    if (written !== undefined) return written;
  }
  return undefined;
}

function sourceRecipe(hasher: AnyHasher, params: Params): string | undefined {
  const format = getFormat(hasher);
  if (format === undefined) return Object.hasOwn(CODED, hasher.name) ? CODED[hasher.name] : undefined;
  return listRecipes(format).find(({ fixed }) => Object.entries(fixed).every(([name, word]) => params[name] === word))
    ?.text;
}

function targetRecipes(hasher: AnyHasher): ReturnType<typeof listRecipes> {
  const format = getFormat(hasher);
  if (format !== undefined) return listRecipes(format);
  return Object.hasOwn(CODED, hasher.name) ? [{ text: CODED[hasher.name] as string, fixed: {} }] : [];
}

function renameAll(hasher: AnyHasher, params: Params): Params {
  if (getFormat(hasher) !== undefined) return params;
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [RENAMED[name] ?? name, value]));
}

/** bcrypt's `2a`, `2b` and `2y` are one algorithm: a notation without a variant means it. */
const EQUAL_VARIANTS = /^2[aby]$/;

function hasVariant(to: AnyHasher): boolean {
  return 'variant' in to.parse(to.example.digest, to.example).params;
}

/** The values that a word field of the format's layout can have. */
function wordsOf(hasher: AnyHasher, field: string): readonly string[] {
  const format = getFormat(hasher);
  return format === undefined ? [] : [...wordsIn(format.layout, field), ...companionWords(format, field)];
}

function wordsIn(layout: Layout, field: string): string[] {
  return layout.flatMap((item): string[] => {
    if (typeof item === 'string') return [];
    if (item.kind === 'word') return item.field === field ? Object.values(item.words) : [];
    if (item.kind === 'optional') return wordsIn(item.layout, field);
    return item.kind === 'oneOf' ? item.layouts.flatMap((one) => wordsIn(one, field)) : [];
  });
}

function companionWords({ companions = {} }: FormatCore, field: string): string[] {
  const found = companions[field];
  if (found === undefined) return [];
  return wordsIn('field' in found ? [found.field] : found.layout, field);
}

/** Parameters that the recipe does not read are those of the source, or of the example. */
function write(
  to: AnyHasher,
  { hash, params: source }: Parsed,
  found: Params,
  { salt = new Uint8Array(0), ...context }: Readonly<Record<string, Uint8Array>>,
): Credential | undefined {
  const example = to.parse(to.example.digest, to.example);
  const kept = Object.keys(example.params).filter((name) => name in source);
  const own = {
    ...Object.fromEntries(kept.map((name) => [name, source[name] as number | string])),
    ...found,
    ...('keylen' in example.params && { keylen: hash.length }),
  };
  // What the example's alternative has besides, another one may not have.
  for (const params of [{ ...example.params, ...own }, own]) {
    const parsed = { ...example, params, salt, hash, warnings: [] };
    const made = { ...parsed, context: getFormat(to) === undefined ? example.context : context };
    try {
      const credential = { passwordHasher: to.name, passwordDigest: to.serialize(made) };
      return { ...withoutEmpty(to.getCompanions?.(made)), ...credential };
    } catch (error) {
      if (!(error instanceof DigestError)) throw error;
    }
  }
  return undefined;
}

function withoutEmpty(companions: Companions | undefined): Companions {
  const { params, ...rest } = companions ?? {};
  return Object.keys(params ?? {}).length === 0 ? rest : { ...rest, params };
}
