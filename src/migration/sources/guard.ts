/**
 * Looks at the fields that a source does not: a salt in another field, a product that hashes before the hasher does, a
 * record of another way to sign in. What they raise in doubt never counts as "will verify".
 */
import { isRecord, type JsonRecord } from '../../encoding/json.js';
import type { Doubt, Extracted } from '../row.js';
import type { Bound, FieldReader, SourceOptions, SourceRecord } from './contract.js';
import { isIterated, isIterationsName, isSaltName, isSaltSwitch, saltIn, saltWithin } from './salts.js';
import { findDoubts, findShapes, isShapeName } from './shapes.js';

const NO_DOUBTS: readonly Doubt[] = [];
/** Sources that do a product's own step themselves. */
const OWN = new Set(['meteor']);
/** Tables of several ways to sign in, one a row. */
const PROVIDER = [
  ...[
    'providerId',
    'provider_id',
    'provider',
    'providerType',
    'provider_type',
    'identityProvider',
    'identity_provider',
  ],
  ...['identityProviderId', 'authProvider', 'auth_provider', 'oauthProvider', 'oauth_provider'],
];
const PASSWORD_PROVIDER =
  /^(?:credentials?|email|e-mail|password|passwd|pwd|local|username|database|db|native|phone|auth0|usernamepassword|username-password-authentication|emailpassword)$/i;

// What the name of a field says.
const TELLS_SALT = 1;
const TELLS_ITERATIONS = 2;
const TELLS_PRODUCT = 4;
const TELLS_PROVIDER = 8;

function tellName(name: string, isInner: boolean): number {
  const tells = (isSaltName(name) ? TELLS_SALT : 0) | (isIterationsName(name) ? TELLS_ITERATIONS : 0);
  if (isInner) return tells;
  return tells | (isShapeName(name) ? TELLS_PRODUCT : 0) | (PROVIDER.includes(name) ? TELLS_PROVIDER : 0);
}

export function guarded(bound: Bound, fields: readonly string[], all: boolean, options: SourceOptions): Bound {
  const columns = bound.columns ?? fields;
  const apart = new Set(bound.digestFields);
  const has = new Set(columns);
  const hasColumn = (name: string) => has.has(name);
  const salts = columns.filter((name) => !apart.has(name) && (isSaltName(name) || name === options.saltField));
  const unnamed = options.saltField === undefined ? [] : [options.saltField];
  // A source that does the product's step, or a caller who says what the digests are.
  const isTrusted = OWN.has(bound.source) || options.hasher !== undefined;
  const found = all && !isTrusted ? findShapes(hasColumn) : [];
  const providers = PROVIDER.filter(hasColumn);
  const iterations = columns.filter((name) => !apart.has(name) && isIterationsName(name));
  if (all && [salts, found, providers, iterations].every(({ length }) => length === 0)) return bound;

  function addDoubts(field: FieldReader, record: SourceRecord | undefined, extracted: Extracted): Extracted {
    const { passwordDigest: text, error, notText } = extracted;
    if (error !== undefined || notText !== undefined || record?.tells === 0) return extracted;
    if (text === undefined || text === '') return isOtherLogin(field) ? { ...extracted, otherLogin: true } : extracted;
    const doubts = record === undefined ? findRowDoubts(field, text) : findRecordDoubts(field, record, text);
    if (doubts.length === 0) return extracted;
    const salted = doubts.find(({ code }) => code === 'ERR_SALT_SEPARATE');
    return { ...extracted, doubts, salt: salted && field(salted.field) };
  }

  function findRowDoubts(field: FieldReader, text: string): readonly Doubt[] {
    const lacksSalt = mayLackSalt(text);
    return [
      ...(lacksSalt ? findSaltDoubt(saltIn(field, salts), text) : []),
      ...findDoubts(found, hasColumn, field),
      ...(lacksSalt ? [] : findSecondSaltDoubt(field, saltIn(field, salts), text)),
      ...(lacksSalt ? iterated(field, iterations) : []),
    ];
  }

  /** A source that makes the digest of several fields has read this one, and what a product does says more. */
  function findSecondSaltDoubt(field: FieldReader, salt: string | undefined, text: string): readonly Doubt[] {
    if (salt === undefined || isSaltSwitch(salt) || isShapeName(salt) || !mayHaveSecondSalt(field, text))
      return NO_DOUBTS;
    return [describeSecondSalt(salt)];
  }

  function mayHaveSecondSalt(field: FieldReader, text: string): boolean {
    return !isTrusted && bound.digestFields.some((name) => field(name) === text);
  }

  function findRecordDoubts(field: FieldReader, record: SourceRecord, text: string): readonly Doubt[] {
    const { tells } = record;
    const lacksSalt = mayLackSalt(text);
    const products = (tells & TELLS_PRODUCT) === 0 ? NO_DOUBTS : findProductDoubts(field, record.whole());
    // All of the record is looked at only where a salt in it would matter.
    const salt =
      (tells & TELLS_SALT) === 0 || !(lacksSalt || mayHaveSecondSalt(field, text))
        ? undefined
        : (saltWithin(record.whole(), apart) ?? saltIn(field, unnamed));
    if (!lacksSalt) return [...products, ...findSecondSaltDoubt(field, salt, text)];
    const counts =
      (tells & TELLS_ITERATIONS) === 0 ? [] : namesBeside(record.whole(), bound.digestFields).filter(isIterationsName);
    return [...findSaltDoubt(salt, text), ...products, ...(counts.length > 0 ? iterated(field, counts) : [])];
  }

  function findProductDoubts(field: FieldReader, record: JsonRecord): readonly Doubt[] {
    if (isTrusted || !Object.keys(record).some(isShapeName)) return NO_DOUBTS;
    const hasField = (name: string) => field(name) !== undefined;
    return findDoubts(findShapes(hasField), hasField, field);
  }

  const { plain } = bound;
  const usual = (field: FieldReader) =>
    plain?.usual?.(field) !== false &&
    (found.length === 0 || findDoubts(found, hasColumn, field).length === 0) &&
    saltIn(field, salts) === undefined &&
    iterated(field, iterations).length === 0 &&
    providers.length === 0;
  return {
    ...bound,
    // Each record of JSON may have other fields, whose names tell it.
    plain: plain && all ? { ...plain, usual } : plain,
    tell: (name, isInner) => tellName(name, isInner) | (!isInner && unnamed.includes(name) ? TELLS_SALT : 0),
    extract(field, record) {
      const extracted = bound.extract(field, record);
      return extracted && addDoubts(field, record, extracted);
    },
  };
}

/** Forms with fields of their own have their salt in them. */
function mayLackSalt(text: string): boolean {
  return !text.includes('$');
}

/** Fields of the record, and of the objects that a digest may be in. */
function namesBeside(record: JsonRecord, digests: readonly string[]): readonly string[] {
  const parents = digests.filter((path) => path.includes('.')).map((path) => path.slice(0, path.lastIndexOf('.')));
  const within = [...new Set(parents)].flatMap((path) => {
    const parent = path.split('.').reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), record);
    return isRecord(parent) ? Object.keys(parent).map((key) => `${path}.${key}`) : [];
  });
  return [...Object.keys(record), ...within];
}

function iterated(field: FieldReader, names: readonly string[]): readonly Doubt[] {
  const name = names.find((one) => isIterated(field(one)));
  if (name === undefined) return NO_DOUBTS;
  const doubt: Doubt = {
    code: 'ERR_PREHASH',
    subcode: 'iterations',
    of: 'unsalted',
    field: name,
    message: `the field ${name} counts several iterations: this hash is not of the password alone`,
    fix: 'find out how they are hashed, with known passwords: --canaries FILE; where that field means something else, remove it from the export',
  };
  return [doubt];
}

function isOtherLogin(field: FieldReader): boolean {
  const name = PROVIDER.find((one) => field(one));
  return name !== undefined && !PASSWORD_PROVIDER.test(field(name) as string);
}

function findSaltDoubt(salt: string | undefined, text: string): readonly Doubt[] {
  return salt === undefined ? NO_DOUBTS : [describeSeparateSalt(salt, text)];
}

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
function describeSecondSalt(field: string): Doubt {
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
