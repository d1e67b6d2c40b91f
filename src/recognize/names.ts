/** Other names of hashers: `BCrypt`, `pbkdf2-sha256`, `firebase`. */
import { nearestName } from '../encoding/received.js';
import { getFormat } from '../hashers/index.js';
import type { AnyHasher } from '../types.js';
import { oncePerRegistry } from './once.js';

export interface NameTable {
  /** All names, for messages. */
  readonly listed: string;
  /** The hasher whose name differs in case or separators only, or has `name` as one of its words and alone has it. */
  similarTo(name: string): AnyHasher | undefined;
  /** What a name with a typing mistake stands for. */
  findMeant(name: string): MeantNames;
}

export interface MeantNames {
  readonly names: readonly string[];
  /** The name is of a KDF that several hashers use: none of them is certain. */
  readonly isFamily: boolean;
}

const MAX_NAME_CHARS = 64;
/** Shorter words are in too many names: `md5`, `hex`, `b64`. */
const MIN_WORD_CHARS = 4;
/** Alone they name another format: a bare `SHA1` is not `pbkdf2_sha1`, and LDAP has a dozen schemes. */
const PRIMITIVES: ReadonlySet<string> = new Set([
  'sha1',
  'sha256',
  'sha512',
  'hmac',
  'utf16',
  'pbkdf2',
  'scrypt',
  'ldap',
]);

/** KDFs that are in the names of several hashers, and of none alone. */
const FAMILIES: readonly string[] = ['argon2', 'scrypt', 'pbkdf2'];
/** One letter from the name of a hasher, and another algorithm. */
const OTHER_ALGORITHMS: readonly string[] = ['argon2d', 'crypt', 'yescrypt'];
const NONE: MeantNames = { names: [], isFamily: false };

function findMeant(hashers: readonly AnyHasher[], name: string): MeantNames {
  // Among hundreds of formats some name is near to any.
  const names = hashers.filter(isCoded).map((hasher) => hasher.name);
  const nearest = nearestName(name, [...names, ...FAMILIES, ...OTHER_ALGORITHMS]);
  if (nearest === undefined || OTHER_ALGORITHMS.includes(nearest)) return NONE;
  if (FAMILIES.includes(nearest)) {
    return { names: names.filter((one) => one.startsWith(nearest)), isFamily: true };
  }
  // "sha512" is not a misspelled "sha256".
  const given = digitsIn(name);
  return given === '' || given === digitsIn(nearest) ? { names: [nearest], isFamily: false } : NONE;
}

/** Not one of the formats that are data. */
function isCoded(hasher: AnyHasher): boolean {
  return getFormat(hasher) === undefined;
}

function listNames(hashers: readonly AnyHasher[]): string {
  const own = hashers.filter(isCoded).map(({ name }) => name);
  const more = hashers.length - own.length;
  return more === 0 ? own.join(', ') : `${own.join(', ')}, and ${more} formats (digestry hashers)`;
}

function digitsIn(name: string): string {
  return name.replace(/\D/g, '');
}

function nameTable(hashers: readonly AnyHasher[]): NameTable {
  const whole = new Map<string, AnyHasher>();
  const words = new Map<string, AnyHasher | undefined>();
  for (const hasher of hashers) {
    const bare = bareName(hasher.name);
    if (!whole.has(bare)) whole.set(bare, hasher);
    // A word is short for one of the import API's hashers, not for one of hundreds.
    if (!isCoded(hasher)) continue;
    for (const word of new Set(hasher.name.split('_').filter((one) => !PRIMITIVES.has(one))))
      words.set(word, words.has(word) ? undefined : hasher);
  }
  return {
    listed: listNames(hashers),
    similarTo(name) {
      if (name.length > MAX_NAME_CHARS) return undefined;
      const bare = bareName(name);
      return whole.get(bare) ?? (bare.length >= MIN_WORD_CHARS ? words.get(bare) : undefined);
    },
    findMeant: (name) => findMeant(hashers, name),
  };
}

/** The table of these hashers, made at the first call. */
export const indexNames: (hashers: readonly AnyHasher[]) => NameTable = oncePerRegistry(nameTable);

const FUNCTIONS = /md5|sha\d+|hmac|pepper|bcrypt|argon2|scrypt|pbkdf2|phpass/g;

/** Whether a name has the function of this hasher and a further one: "md5_bcrypt" is not the bcrypt that its digest shows. */
export function saysMore(name: string, hasher: string): boolean {
  if (name.length > MAX_NAME_CHARS) return false;
  // PBKDF2 is of a HMAC always, and some names say so.
  const found =
    bareName(name)
      .replace(/pbkdf2hmac/, 'pbkdf2')
      .match(FUNCTIONS) ?? [];
  const own = (one: string) => bareName(hasher).includes(one);
  return found.some(own) && !found.every(own);
}

function bareName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
