/** From "does not parse" to what the digest really is, and what to do. Runs on failures only. */
import { type DigestError, digestError, withDetail } from '../errors.js';
import type { AnyHasher } from '../types.js';
import { damages, isShellRemnant } from './damage.js';
import { isDisabledMarker } from './disabled.js';
import { hasPrefix, identifyAmong, tryParse } from './identify.js';
import { readSystem } from './systems/index.js';

/** The most helpful error for a digest that `hasher` refused with `error`. */
export function explain(
  hashers: readonly AnyHasher[],
  hasher: AnyHasher,
  digest: string,
  error: DigestError,
): DigestError {
  if (isDisabledMarker(digest)) return disabled(hasher.name);
  if (error.code !== 'ERR_MALFORMED') return error;
  const damage = damaged(hashers, hasher, digest);
  if (damage !== undefined) return damage;
  // Under its own signature it can only be damaged, or another system's that writes the same one.
  if (hasPrefix(hasher, digest)) return anotherSystem(hasher, digest) ?? error;
  return (
    anotherHasher(hashers, hasher, digest) ??
    anotherSystem(hasher, digest) ??
    anotherSignature(hashers, hasher, digest) ??
    (isShellRemnant(digest) ? withDetail(error, { hint: SHELL_HINT }) : error)
  );
}

const SHELL_HINT = 'a bcrypt digest that a shell cut within double quotes; export it again in single quotes';

/** The error for a name that is no hasher's. The name is not repeated: in a shifted file it could be anything. */
export function unknownHasher(hashers: readonly AnyHasher[], name: string, digest: string): DigestError {
  if (isDisabledMarker(digest)) return disabled(undefined);
  const similar = similarName(hashers, name);
  const candidates = identifyAmong(hashers, digest);
  const [best] = candidates;
  const known = `known are ${hashers.map((hasher) => hasher.name).join(', ')}`;
  const fix =
    similar !== undefined
      ? `set passwordHasher to ${similar}`
      : best?.certainty === 'certain' && best.convertible === undefined
        ? `set passwordHasher to ${best.hasher}`
        : undefined;
  const hint =
    best === undefined ? known : `the digest looks like ${candidates.map(({ hasher }) => hasher).join(' or ')}`;
  return digestError('ERR_UNKNOWN_HASHER', 'there is no hasher of this name', { field: 'passwordHasher', fix, hint });
}

/** A name that differs in case, in separators or in what stands around it: `BCrypt`, `pbkdf2-sha256`, `firebase`. */
function similarName(hashers: readonly AnyHasher[], name: string): string | undefined {
  if (name.length > 64) return undefined;
  const bare = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const wanted = bare(name);
  if (wanted === '') return undefined;
  const same = hashers.find((hasher) => bare(hasher.name) === wanted);
  if (same !== undefined) return same.name;
  const parts = hashers.filter((hasher) => wanted.length >= 4 && hasher.name.split('_').includes(wanted));
  return parts.length === 1 ? parts[0]?.name : undefined;
}

function disabled(hasher: string | undefined): DigestError {
  return digestError('ERR_DISABLED', 'not a digest but a mark that this account has no usable password', {
    hasher,
    field: 'digest',
    offset: 0,
    fix: 'import the user without a password',
  });
}

function damaged(hashers: readonly AnyHasher[], hasher: AnyHasher, digest: string): DigestError | undefined {
  for (const { digest: whole, offset, problem, fix } of damages(digest)) {
    const detail = { hasher: hasher.name, field: 'digest', offset };
    if (tryParse(hasher, whole) !== undefined) {
      return digestError('ERR_MALFORMED', `${hasher.name}: ${problem}`, { ...detail, fix });
    }
    const [best] = identifyAmong(hashers, whole);
    if (best !== undefined && best.certainty !== 'possible') {
      const hint = `without that it is a digest of ${best.hasher}`;
      return digestError('ERR_MALFORMED', `${hasher.name}: ${problem}`, { ...detail, fix, hint });
    }
  }
  return undefined;
}

/** The digest has the signature and grammar of `other`. */
export function wrongHasher(hasher: AnyHasher, other: AnyHasher): DigestError {
  return digestError('ERR_WRONG_HASHER', `${hasher.name}: this is a digest of ${other.name}`, {
    hasher: hasher.name,
    field: 'digest',
    offset: 0,
    fix: `set passwordHasher to ${other.name}`,
  });
}

function anotherHasher(hashers: readonly AnyHasher[], hasher: AnyHasher, digest: string): DigestError | undefined {
  const candidates = identifyAmong(hashers, digest).filter(({ convertible }) => convertible === undefined);
  if (candidates.length === 0) return undefined;
  const names = candidates.map((candidate) => candidate.hasher);
  const sure = candidates.length === 1 || candidates[0]?.certainty === 'certain';
  return digestError(
    'ERR_WRONG_HASHER',
    `${hasher.name}: this is a digest of ${sure ? names[0] : names.join(' or ')}`,
    {
      hasher: hasher.name,
      field: 'digest',
      offset: 0,
      fix: sure && candidates[0]?.certainty === 'certain' ? `set passwordHasher to ${names[0]}` : undefined,
      hint: sure ? undefined : 'its writer, or a known password, tells which',
    },
  );
}

function anotherSystem(hasher: AnyHasher, digest: string): DigestError | undefined {
  const foreign = readSystem(digest);
  if (foreign === undefined) return undefined;
  const detail = { hasher: hasher.name, field: 'digest', offset: 0 };
  const { credential, reason } = foreign;
  if (credential === undefined) {
    return digestError('ERR_UNSUPPORTED', `${hasher.name}: this is ${foreign.title}: ${reason}`, {
      ...detail,
      fix: 'let these users set a new password',
    });
  }
  const fix = `convert it (digestry convert): it becomes a digest of ${credential.passwordHasher}`;
  return digestError('ERR_WRONG_HASHER', `${hasher.name}: this is a digest of ${foreign.title}`, { ...detail, fix });
}

/** Another's signature with a damaged rest. */
function anotherSignature(hashers: readonly AnyHasher[], hasher: AnyHasher, digest: string): DigestError | undefined {
  const owner = hashers.find((other) => hasPrefix(other, digest));
  if (owner === undefined) return undefined;
  return digestError('ERR_WRONG_HASHER', `${hasher.name}: this begins as a digest of ${owner.name}, and is damaged`, {
    hasher: hasher.name,
    field: 'digest',
    offset: 0,
  });
}
