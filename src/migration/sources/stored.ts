/** What a text is that a platform stores where a digest would be: a hasher's own, another system's, or none that verifies. */
import { toSlug } from '../../encoding/slug.js';
import { type DigestError, digestError } from '../../errors.js';
import { MAX_DIGEST_CHARS } from '../../recognize/bounds.js';
import { isDisabledMarker } from '../../recognize/disabled.js';
import { adviseKeeping, findElsewhere, findKnownFormat } from '../../recognize/known.js';
import {
  type ForeignDigest,
  readAs,
  readCredential,
  readSystem,
  type SystemName,
} from '../../recognize/systems/index.js';
import type { Finding } from '../../types.js';
import type { Extracted } from '../row.js';
import type { Held } from './structures.js';

export type Stored = Omit<Extracted, 'id'>;

const BCRYPT_CHARS = 60;
const DOLLAR = 36;
const TWO = 50;

/** A digest of this hasher; without one, of the hasher that its shape identifies for certain. */
export function stored(
  passwordHasher: string | undefined,
  passwordDigest: string | undefined,
  findings?: readonly Finding[],
): Stored {
  return { passwordHasher, passwordDigest, findings, error: undefined };
}

/** Of no platform's, so that nothing is converted. A hasher that the caller names is the hasher, whatever the shape. */
export function storeUnchanged(text: string, named: string | undefined): Stored {
  return stored(named ?? (isBcrypt(text) ? 'bcrypt' : undefined), text);
}

/** The user has no password. */
export const NO_PASSWORD: Stored = Object.freeze(stored(undefined, ''));

export function refused(error: DigestError): Stored {
  return { passwordHasher: undefined, passwordDigest: undefined, findings: undefined, error };
}

const refusals = new Map<string, Stored>();
/** Refusals, and origins of conversions, that are remembered. Both come from tables, yet a bound costs nothing. */
const MAX_REMEMBERED = 500;

/**
 * A refusal that is the same for many rows: the same object for the same key, so that rows are counted by it.
 * @param createError makes an error without any piece of a row.
 */
export function refusedAlike(key: string, createError: () => DigestError): Stored {
  const known = refusals.get(key);
  if (known !== undefined) return known;
  if (refusals.size >= MAX_REMEMBERED) return refused(createError());
  const refusal = Object.freeze(refused(Object.freeze(createError())));
  refusals.set(key, refusal);
  return refusal;
}

/** A digest that no hasher can hold. `title` names its writer. */
export function unsupported(title: string, reason: string, hint?: string, verifier?: string): Stored {
  return refusedAlike(`${title}\n${reason}\n${hint}\n${verifier}`, () => {
    const detail = { field: 'digest', subcode: toSlug(title), fix: adviseKeeping(verifier), hint };
    return digestError('ERR_UNSUPPORTED', `this is ${title}: ${reason}`, detail);
  });
}

/**
 * A value of the digest's field that is not text.
 * @param text what a reader of texts has for it.
 */
export function notText(
  { kind, what, inner }: Exclude<Held, { readonly text: string }>,
  text: string | undefined,
): Stored {
  return {
    ...stored(undefined, text),
    notText: {
      subcode: inner === undefined ? kind : `${kind}-with-digest`,
      message: `the field of the digest contains ${what}`,
      fix:
        inner === undefined
          ? 'export the digest as text, or name its field: --digest-field NAME'
          : `name the field within it: --digest-field ${inner}`,
    },
  };
}

/** An account that the platform does not let in, whatever its digest is. */
export function disabledAccount(message: string): Stored {
  return refusedAlike(message, () =>
    digestError('ERR_DISABLED', message, { field: 'account', fix: 'leave it out, or import it as banned' }),
  );
}

const conversions = new Map<string, WeakMap<readonly Finding[], readonly Finding[]>>();
const NO_FINDINGS: readonly Finding[] = Object.freeze([]);

/** The note of what was converted: the same array, frozen, for the same title and the same further findings, if these are frozen. */
export function convertedFrom(
  title: string,
  more: readonly Finding[] = NO_FINDINGS,
  subcode?: string,
): readonly Finding[] {
  let byMore = conversions.get(title);
  const known = byMore?.get(more);
  if (known !== undefined) return known;
  const findings = [convertedNote(title, subcode), ...more];
  if (!Object.isFrozen(more) || (byMore === undefined && conversions.size >= MAX_REMEMBERED)) return findings;
  byMore ??= new WeakMap();
  conversions.set(title, byMore);
  byMore.set(more, Object.freeze(findings));
  return findings;
}

/** Methods of crypt(3) that no hasher has, bare and in LDAP's scheme: what follows says no more. Ory Kratos: $5$pf=… */
const CRYPT = /^(?:\{CRYPT\})?\$(?:1|5|6|7|y|gy|apr1)\$(?!pf=)/;
const cryptRefusals = new Map<string, Stored>();

/**
 * The text as a digest.
 * @param writer whose it is for certain, so that its own form is not in doubt where others write the same.
 */
export function storedDigest(text: string, writer?: string): Stored {
  if (isBcrypt(text)) return stored('bcrypt', text);
  if (text === '' || text.startsWith('$argon2') || isDisabledMarker(text)) return stored(undefined, text);
  const crypt = text.length > MAX_DIGEST_CHARS ? undefined : CRYPT.exec(text)?.[0];
  const known = crypt === undefined ? undefined : cryptRefusals.get(crypt);
  if (known !== undefined) return known;
  const reading = readSystem(text);
  if (reading === undefined) return stored(undefined, text);
  const found = fromSystem(text, reading, writer);
  if (crypt !== undefined && Object.isFrozen(found)) cryptRefusals.set(crypt, found);
  return found;
}

/** Keycloak's two parts of a credential as a digest. */
export function storedCredential(secretData: unknown, credentialData: unknown): Stored {
  const { title = '', credential, findings } = readCredential(secretData, credentialData) ?? {};
  if (credential === undefined) return storedDigest(JSON.stringify({ secretData, credentialData }));
  return stored(credential.passwordHasher, credential.passwordDigest, convertedFrom(title, findings));
}

/** The digest as the named system means it; undefined where it is not that system's. */
export function storedAs(system: SystemName, text: string): Stored | undefined {
  const reading = readAs(system, text);
  if (reading === undefined) return undefined;
  const { title, credential, findings } = reading;
  return stored(credential.passwordHasher, credential.passwordDigest, convertedFrom(title, findings));
}

function fromSystem(text: string, reading: ForeignDigest, writer: string | undefined): Stored {
  const { title, credential, reason = '', damaged, doubt, findings } = reading;
  if (damaged) {
    const message = `damaged digest of ${title} (${reason})`;
    return {
      ...refused(digestError('ERR_MALFORMED', message, { field: 'digest', subcode: toSlug(title) })),
      passwordDigest: text,
    };
  }
  if (credential === undefined) {
    const plain = findElsewhere(text);
    if (plain === undefined) return unsupported(title, reason, undefined, findKnownFormat(text)?.verifier);
    const { name, problem, fix } = plain;
    return refusedAlike(`${name}\n${problem}\n${fix}`, () =>
      digestError('ERR_UNSUPPORTED', `this is ${problem}`, { field: 'digest', subcode: name, fix }),
    );
  }
  if (doubt !== undefined && (writer === undefined || !title.startsWith(writer))) return stored(undefined, text);
  return stored(credential.passwordHasher, credential.passwordDigest, convertedFrom(title, findings));
}

/** The commonest digest, recognised without a search. The hasher reports its errors. */
export function isBcrypt(text: string): boolean {
  return (
    text.length === BCRYPT_CHARS &&
    text.charCodeAt(0) === DOLLAR &&
    text.charCodeAt(1) === TWO &&
    text.charCodeAt(3) === DOLLAR
  );
}

/** Hexadecimal of MD5. */
export function isMd5(text: string): boolean {
  return /^[0-9a-fA-F]{32}$/.test(text);
}

/** The 13 characters of crypt(3)'s first method, which has no signature. */
export function isDesCrypt(text: string): boolean {
  return /^[./0-9A-Za-z]{13}$/.test(text);
}

/**
 * The note on digests that a source, or a repair, made of something else.
 * @param origin what the digest was made of: the title of another system's, or the fields of a platform.
 */
export function convertedNote(origin: string, subcode: string = toSlug(origin)): Finding {
  return { code: 'NOTE_CONVERTED', subcode, severity: 'note', message: `converted from ${origin}` };
}
