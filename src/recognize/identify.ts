/** Detects the hasher of a digest from its form alone. */
import { DigestError } from '../errors.js';
import { fitsLayout, getFormat } from '../hashers/index.js';
import type { AnyHasher, Companions, Credential, Finding, Parsed } from '../types.js';
import { MAX_DIGEST_CHARS } from './bounds.js';
import { isDisabledMarker } from './disabled.js';
import { beginsLike, getSignatures } from './signatures.js';
import { type ForeignDigest, mayBeSystem, readSystem } from './systems/index.js';

export interface Candidate {
  readonly hasher: string;
  /**
   * `certain`: its signature and whole grammar, and no other hasher's. `ambiguous`: another hasher has the same grammar.
   * `possible`: the shape fits, and would fit much else.
   */
  readonly certainty: 'certain' | 'ambiguous' | 'possible';
  /** The digest is another system's; this is the same under `hasher`. */
  readonly convertible?: Credential;
  /** What the digest needs of its row to be verified: `salt`, `username`, `pepper`, or names in `params`. */
  readonly companions?: readonly string[];
  /** What to know before a converted digest is used, though its conversion is exact. */
  readonly findings: readonly Finding[];
  readonly reason: string;
}

const NO_FINDINGS: readonly Finding[] = Object.freeze([]);

export function identifyAmong(hashers: readonly AnyHasher[], digest: string): Candidate[] {
  if (digest.length > MAX_DIGEST_CHARS || isDisabledMarker(digest)) return [];
  const signed = getSignatures(hashers).startingLike(digest);
  const coded = signed.filter((hasher) => getFormat(hasher) === undefined);
  const own = listFromSignatures(coded, digest);
  if (own.length > 0) return own;
  const formats = listFromFormats(signed, digest);
  const foreign = readSystem(digest);
  if (foreign !== undefined) {
    // Under a hasher of the import API it can be imported; a format says the same of it.
    const converted = listFromSystem(hashers, foreign);
    if (converted.some(({ certainty }) => certainty === 'certain')) return converted;
    const all = [...converted, ...formats];
    if (all.length > 0) return all;
    // A format that is read without its signature too, as `*` of MySQL, has none to begin with.
    return listFromStructure(
      hashers.filter((hasher) => getFormat(hasher) !== undefined),
      digest,
    );
  }
  if (formats.length > 0) return formats;
  // A structural shape says nothing where a signature has spoken: an argon2id digest is not a salt of md5_salted.
  return coded.length === 0 ? listFromStructure(hashers, digest) : [];
}

/** Of formats, those that have its signature and read it, the most common first. */
function listFromFormats(signed: readonly AnyHasher[], digest: string): Candidate[] {
  const fitting = signed.filter((hasher) => fitsLayout(hasher, digest)).sort(byUsers);
  const names = fitting.map(({ name }) => name);
  return fitting.map((hasher) => {
    if (fitting.length === 1) return { ...describeOnly(hasher, digest), ...needed(hasher, digest) };
    const reason = `${names.join(' and ')} have the same form; check which product wrote it, or try a known password`;
    return { ...createCandidate(hasher.name, 'ambiguous', reason), ...needed(hasher, digest) };
  });
}

function byUsers(one: AnyHasher, other: AnyHasher): number {
  return (getFormat(one)?.users ?? 0) - (getFormat(other)?.users ?? 0);
}

/** What the digest needs of its row. */
function needed(hasher: AnyHasher, digest: string): Pick<Candidate, 'companions'> {
  const names = (hasher.companions ?? []).filter(({ optional }) => !optional).map(({ name }) => name);
  return names.length === 0 || tryParse(hasher, digest) !== undefined ? {} : { companions: Object.freeze(names) };
}

/** Whether the digest begins with one of the hasher's signatures; without regard to case, as `{ssha}` is `{SSHA}`. */
export function hasPrefix({ prefixes }: AnyHasher, digest: string): boolean {
  return prefixes.some((prefix) => beginsLike(digest, prefix));
}

/** The signature without which the text would be of this hasher: it may have been cut off, as a name in another column. */
export function findLostPrefix(hasher: AnyHasher, text: string): string | undefined {
  if (hasPrefix(hasher, text)) return undefined;
  return hasher.prefixes.find((prefix) => tryParse(hasher, prefix + text) !== undefined);
}

/** The parse, or undefined where the digest is not of this hasher. */
export function tryParse(hasher: AnyHasher, digest: string, companions?: Companions): Parsed | undefined {
  try {
    return hasher.parse(digest, companions);
  } catch (error) {
    if (error instanceof DigestError) return undefined;
    throw error;
  }
}

/** Whether the hasher reads the digest and, if it has no signature, the digest does not begin with another hasher's. */
export function belongsTo(hashers: readonly AnyHasher[], hasher: AnyHasher, digest: string): boolean {
  if (tryParse(hasher, digest) === undefined) return false;
  if (hasher.prefixes.length > 0) return true;
  if (isForeign(hasher, digest)) return false;
  return !getSignatures(hashers)
    .startingLike(digest)
    .some((other) => tryParse(other, digest) !== undefined);
}

/**
 * Whether a digest that this hasher reads bears another system's signature: a text salt takes any beginning. A hasher whose
 * own form is that system's is asked by its example.
 */
export function isForeign({ prefixes, example }: AnyHasher, digest: string): boolean {
  if (prefixes.length > 0 || !mayBeSystem(digest)) return false;
  return readSystem(digest) !== undefined && readSystem(example.digest) === undefined;
}

function listFromSignatures(signed: readonly AnyHasher[], digest: string): Candidate[] {
  const fitting = signed.filter((hasher) => tryParse(hasher, digest) !== undefined);
  if (fitting.length === 1) return [describeOnly(fitting[0] as AnyHasher, digest)];
  const published = fitting.filter(({ assumed }) => !assumed);
  const names = published.map(({ name }) => name).join(' and ');
  const [first] = published;
  const candidates: Candidate[] =
    published.length === 1 && first !== undefined
      ? [describeOnly(first, digest)]
      : published.map(({ name }) =>
          createCandidate(
            name,
            'ambiguous',
            `${names} have the same form; check which product wrote it, or try a known password`,
          ),
        );
  for (const { name } of fitting.filter(({ assumed }) => assumed)) {
    const reason = `${name} has the same form${names === '' ? '' : ` as ${names}`}; try a known password`;
    candidates.push(createCandidate(name, 'possible', reason));
  }
  return candidates;
}

function describeOnly(hasher: AnyHasher, digest: string): Candidate {
  const signature = hasher.prefixes.find((prefix) => beginsLike(digest, prefix));
  return createCandidate(
    hasher.name,
    hasher.assumed ? 'possible' : 'certain',
    `begins with ${JSON.stringify(signature)} and is complete`,
  );
}

/** No candidate where the registry lacks the hasher, or has another of its name that does not read the conversion. */
function listFromSystem(hashers: readonly AnyHasher[], reading: ForeignDigest): Candidate[] {
  const { title, credential, findings, doubt, others } = reading;
  if (credential === undefined) return [];
  if (others !== undefined) {
    return [{ title, credential, findings: findings ?? NO_FINDINGS }, ...others]
      .filter((one) => isReadable(hashers, one.credential))
      .map((one) => {
        const reason = `a digest of ${one.title}; others write the same form`;
        const convertible = one.credential;
        return { ...createCandidate(convertible.passwordHasher, 'ambiguous', reason, one.findings), convertible };
      });
  }
  if (!isReadable(hashers, credential)) return [];
  const reason =
    doubt === undefined ? `a digest of ${title}, which converts exactly` : `a digest of ${title}; ${doubt}`;
  const certainty = doubt === undefined ? 'certain' : 'possible';
  return [{ ...createCandidate(credential.passwordHasher, certainty, reason, findings), convertible: credential }];
}

function isReadable(hashers: readonly AnyHasher[], { passwordHasher, passwordDigest }: Credential): boolean {
  const hasher = hashers.find(({ name }) => name === passwordHasher);
  return hasher !== undefined && tryParse(hasher, passwordDigest) !== undefined;
}

function listFromStructure(hashers: readonly AnyHasher[], digest: string): Candidate[] {
  const certain: Candidate[] = [];
  const possible: Candidate[] = [];
  const formats: AnyHasher[] = [];
  for (const hasher of hashers) {
    if (hasher.prefixes.length > 0) continue;
    if (fitsLayout(hasher, digest)) formats.push(hasher);
    if (getFormat(hasher) !== undefined) continue;
    const parsed = tryParse(hasher, digest);
    if (parsed === undefined) continue;
    // A shape with cost parameters in it is hardly met by chance; bare hexadecimal is written by everything.
    if (hasher.cost(parsed.params).kdf === 'hash') {
      possible.push(
        createCandidate(hasher.name, 'possible', 'the length and alphabet fit; other hashes look the same'),
      );
    } else certain.push(createCandidate(hasher.name, 'certain', 'has all its fields in their places'));
  }
  for (const hasher of formats.sort(byUsers)) possible.push(describeShape(hasher, digest));
  return [...certain, ...possible];
}

function describeShape(hasher: AnyHasher, digest: string): Candidate {
  const { companions } = needed(hasher, digest);
  const reason =
    companions === undefined
      ? 'the shape fits; other hashes look the same'
      : `the shape fits where its row has ${companions.join(' and ')}`;
  return { ...createCandidate(hasher.name, 'possible', reason), ...(companions && { companions }) };
}

function createCandidate(
  hasher: string,
  certainty: Candidate['certainty'],
  reason: string,
  findings: readonly Finding[] = NO_FINDINGS,
): Candidate {
  return { hasher, certainty, findings, reason };
}
