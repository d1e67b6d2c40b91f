/** Doubts about a hash that further fields of its row raise: a salt, a second salt, iterations. */
import type { Doubt } from '../row.js';
import type { FieldReader } from './contract.js';
import { isIterated } from './salts.js';

export const NO_DOUBTS: readonly Doubt[] = [];

/** Forms with fields of their own have their salt in them. */
export function mayLackSalt(text: string): boolean {
  return !text.includes('$');
}

export function findIterationsDoubt(field: FieldReader, names: readonly string[]): readonly Doubt[] {
  const name = names.find((one) => isIterated(field(one)));
  if (name === undefined) return NO_DOUBTS;
  return [describeIterations(name)];
}

function describeIterations(field: string): Doubt {
  const known = iterated.get(field);
  if (known !== undefined) return known;
  const doubt: Doubt = {
    code: 'ERR_PREHASH',
    subcode: 'iterations',
    of: 'unsalted',
    field,
    message: `the field ${field} counts several iterations: this hash is not of the password alone`,
    fix: 'find out how they are hashed, with known passwords: --canaries FILE; where that field means something else, remove it from the export',
  };
  if (iterated.size < MAX_SEPARATE) iterated.set(field, doubt);
  return doubt;
}

export function findSaltDoubt(salt: string | undefined, text: string): readonly Doubt[] {
  return salt === undefined ? NO_DOUBTS : [describeSeparateSalt(salt, text)];
}

const iterated = new Map<string, Doubt>();
const second = new Map<string, Doubt>();
const separate = new Map<string, Doubt>();
/** Names of fields may be anything. */
const MAX_SEPARATE = 1000;

/** The same object for the same field: it is raised on each row. */
function describeSeparateSalt(field: string, text: string): Doubt {
  const digits = /^[0-9A-Fa-f]+$/.test(text) ? text.length : 0;
  const hasher = digits === 32 ? 'md5_salted' : digits === 64 ? 'sha256_salted' : undefined;
  const key = `${hasher} ${field}`;
  const known = separate.get(key);
  if (known !== undefined) return known;
  const write = hasher === undefined ? '' : `; where the salt is hashed before the password, ${hasher} takes salt$hash`;
  const doubt: Doubt = {
    code: 'ERR_SALT_SEPARATE',
    of: 'unsalted',
    field,
    message:
      'a salt is in another field of the row: the hash is not of the password alone, and the order of the two is unknown',
    fix: `find out how they are hashed, with known passwords: --canaries FILE${write}; where that field is not a salt, remove it from the export`,
  };
  if (separate.size < MAX_SEPARATE) separate.set(key, doubt);
  return doubt;
}

/**
 * Authlogic and Sorcery hash the password and the row's salt with bcrypt, which then has a salt of its own as well; many
 * other tables keep a column of salts that nothing uses any more.
 * https://github.com/binarylogic/authlogic/blob/master/lib/authlogic/crypto_providers/bcrypt.rb
 * https://github.com/Sorcery/sorcery/blob/master/lib/sorcery/crypto_providers/bcrypt.rb
 */
export function describeSecondSalt(field: string): Doubt {
  const known = second.get(field);
  if (known !== undefined) return known;
  const doubt: Doubt = {
    code: 'ERR_SALT_SEPARATE',
    subcode: 'second-salt',
    of: 'salted',
    field,
    message:
      'the digest has a salt of its own, and another field of the row has a second one: some products (Authlogic, Sorcery) hash it with the password, others leave it unused',
    fix: 'find out which, with known passwords: --canaries FILE; where it is unused, name the hasher (--hasher NAME) or remove that field from the export',
  };
  if (second.size < MAX_SEPARATE) second.set(field, doubt);
  return doubt;
}
