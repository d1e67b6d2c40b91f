/** To which hasher a digest belongs, told from its shape alone. */
import { DigestError } from '../errors.js';
import type { AnyHasher, Credential, Parsed } from '../types.js';
import { isDisabledMarker } from './disabled.js';
import { readSystem } from './systems/index.js';

export interface Candidate {
  readonly hasher: string;
  /**
   * `certain`: its signature and whole grammar, and no other hasher's. `ambiguous`: another hasher has the same grammar.
   * `possible`: the shape fits, and would fit much else.
   */
  readonly certainty: 'certain' | 'ambiguous' | 'possible';
  /** The digest is another system's; this is the same under `hasher`. */
  readonly convertible?: Credential;
  readonly reason: string;
}

export function identifyAmong(hashers: readonly AnyHasher[], digest: string): Candidate[] {
  if (isDisabledMarker(digest)) return [];
  const signed = hashers.filter((hasher) => hasPrefix(hasher, digest));
  const fitting = signed.filter((hasher) => tryParse(hasher, digest) !== undefined);
  const candidates = fitting.some((hasher) => !hasher.assumed) ? fromSignatures(fitting, digest) : [];
  const foreign = readSystem(digest);
  if (foreign?.credential !== undefined && hashers.some(({ name }) => name === foreign.credential?.passwordHasher)) {
    const certainty = foreign.findings?.length ? 'possible' : 'certain';
    const reason = `a digest of ${foreign.title}, which converts exactly`;
    candidates.push({ hasher: foreign.credential.passwordHasher, certainty, convertible: foreign.credential, reason });
  }
  // A structural shape says nothing where a signature has spoken: an argon2id digest is no salt of md5_salted.
  if (signed.length === 0 && foreign === undefined) candidates.push(...fromStructure(hashers, digest));
  return candidates;
}

/** Whether the digest begins with one of the hasher's signatures; without regard to case, as `{ssha}` is `{SSHA}`. */
export function hasPrefix({ prefixes }: AnyHasher, digest: string): boolean {
  return prefixes.some((prefix) => digest.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase());
}

/** The parse, or undefined where the digest is not of this hasher. */
export function tryParse(hasher: AnyHasher, digest: string): Parsed | undefined {
  try {
    return hasher.parse(digest);
  } catch (error) {
    if (error instanceof DigestError) return undefined;
    throw error;
  }
}

function fromSignatures(fitting: readonly AnyHasher[], digest: string): Candidate[] {
  const published = fitting.filter(({ assumed }) => !assumed);
  const names = published.map(({ name }) => name).join(' and ');
  const candidates: Candidate[] = published.map(({ name, prefixes }) =>
    published.length === 1
      ? { hasher: name, certainty: 'certain', reason: `begins with ${signature(prefixes, digest)} and is whole` }
      : {
          hasher: name,
          certainty: 'ambiguous',
          reason: `${names} have the same shape: only its writer or a known password tells`,
        },
  );
  for (const { name } of fitting.filter(({ assumed }) => assumed)) {
    const reason = `${name} looks the same as ${names}: only a known password tells`;
    candidates.push({ hasher: name, certainty: 'possible', reason });
  }
  return candidates;
}

function fromStructure(hashers: readonly AnyHasher[], digest: string): Candidate[] {
  const candidates: Candidate[] = [];
  for (const hasher of hashers) {
    if (hasher.prefixes.length > 0) continue;
    const parsed = tryParse(hasher, digest);
    if (parsed === undefined) continue;
    // A shape with cost parameters in it is hardly met by chance; bare hexadecimal is written by everything.
    candidates.push(
      hasher.cost(parsed.params).kdf === 'digest'
        ? {
            hasher: hasher.name,
            certainty: 'possible',
            reason: 'the length and alphabet fit; other hashes look the same',
          }
        : { hasher: hasher.name, certainty: 'certain', reason: 'has all its fields in their places' },
    );
  }
  return candidates.sort((a, b) => rank(a) - rank(b));
}

function rank({ certainty }: Candidate): number {
  return certainty === 'certain' ? 0 : certainty === 'ambiguous' ? 1 : 2;
}

function signature(prefixes: readonly string[], digest: string): string {
  const found = prefixes.find((prefix) => digest.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase());
  return JSON.stringify(found);
}
