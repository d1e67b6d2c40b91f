/**
 * Looks at the fields that a source does not: a salt in another field, a product that hashes before the hasher does, a
 * record of another way to sign in. What they raise in doubt never counts as "will verify".
 */
import { isRecord, type JsonRecord } from '../../encoding/json.js';
import type { Doubt, Extracted } from '../row.js';
import type { Bound, FieldReader, SourceOptions, SourceRecord, Usual } from './contract.js';
import { describeSecondSalt, findIterationsDoubt, findSaltDoubt, mayLackSalt, NO_DOUBTS } from './field-doubts.js';
import { isIterationsName, isSaltName, isSaltSwitch, saltIn, saltWithin } from './salts.js';
import { findDoubts, findShapes, isShapeName } from './shapes.js';

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

export function guardBound(bound: Bound, fields: readonly string[], all: boolean, options: SourceOptions): Bound {
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
      ...(lacksSalt ? findIterationsDoubt(field, iterations) : []),
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
    return [
      ...findSaltDoubt(salt, text),
      ...products,
      ...(counts.length > 0 ? findIterationsDoubt(field, counts) : []),
    ];
  }

  function findProductDoubts(field: FieldReader, record: JsonRecord): readonly Doubt[] {
    if (isTrusted || !Object.keys(record).some(isShapeName)) return NO_DOUBTS;
    const hasField = (name: string) => field(name) !== undefined;
    return findDoubts(findShapes(hasField), hasField, field);
  }

  const { plain } = bound;
  // A digest that has its salt already lacks none, and is not the value of one field.
  const isJoined = plain?.joined !== undefined;
  const usual: Usual = (field, has) =>
    plain?.usual?.(field, has) !== false &&
    (found.length === 0 || findDoubts(found, hasColumn, field).length === 0) &&
    (isJoined || (saltIn(field, salts) === undefined && findIterationsDoubt(field, iterations).length === 0)) &&
    providers.length === 0;
  const ignored = isJoined ? TELLS_SALT | TELLS_ITERATIONS : 0;
  return {
    ...bound,
    // Each record of JSON may have other fields: their names are looked at.
    plain: plain && { ...plain, ignored, usual: all ? usual : plain.usual },
    tell: (name, isInner) => tellName(name, isInner) | (!isInner && unnamed.includes(name) ? TELLS_SALT : 0),
    extract(field, record) {
      const extracted = bound.extract(field, record);
      return extracted && addDoubts(field, record, extracted);
    },
  };
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

function isOtherLogin(field: FieldReader): boolean {
  const name = PROVIDER.find((one) => field(one));
  return name !== undefined && !PASSWORD_PROVIDER.test(field(name) as string);
}
