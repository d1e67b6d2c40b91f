/** What a module of this folder answers: whether a text is its system's digest, and which credential it makes. */
import { createParsed } from '../../hashers/index.js';
import type { AnyHasher, Credential, Finding } from '../../types.js';
import { rememberWritten, writeAlike } from './written.js';

/** A system's digest, read. */
export interface ForeignDigest {
  /** Whose digest it is; set by the table of systems. */
  readonly system?: string;
  /** The writer and its format, for messages. */
  readonly title: string;
  /** The same digest under one of the hashers; absent where none can hold it. */
  readonly credential?: Credential;
  /** Why it has no credential. */
  readonly reason?: string;
  /** The signature is this system's, and the rest is not whole. */
  readonly damaged?: boolean;
  /** Which other writer has the same form, so that the credential is one of several that could be meant. */
  readonly doubt?: string;
  /** The same text as written by others, where hashers hold that too. */
  readonly others?: readonly OtherWriter[];
  /** What to know about passwords there, though the conversion of the digest is exact. */
  readonly findings?: readonly Finding[];
}

/** What a text is if another system wrote it. */
export interface OtherWriter {
  readonly system: string;
  readonly title: string;
  readonly credential: Credential;
  readonly findings?: readonly Finding[];
}

/** One system. */
export interface System {
  /** As in the names of files. */
  readonly system: string;
  /** For messages. */
  readonly title: string;
  /**
   * Undefined where the text does not bear the system's signature.
   * @throws {DigestError} where it does and the rest is damaged.
   */
  read(text: string): ForeignDigest | undefined;
}

/**
 * A credential from values, in the hasher's own canonical text.
 * @throws {DigestError} where the hasher does not take them: a claim that its own parse refuses would be none.
 */
export function convertValues(
  title: string,
  hasher: AnyHasher,
  { params, salt, hash, context }: DigestValues,
): ForeignDigest {
  return { title, credential: makeCredential(hasher, { params, salt, hash, context }) };
}

/** @throws {DigestError} where the hasher does not take the values. */
export function makeCredential(hasher: AnyHasher, { params, salt, hash, context }: DigestValues): Credential {
  const alike = context === undefined ? writeAlike(hasher, params, salt, hash) : undefined;
  if (alike !== undefined) return { passwordHasher: hasher.name, passwordDigest: alike };
  const passwordDigest = hasher.serialize(createParsed(params, salt, hash, [], context));
  if (context === undefined) rememberWritten(hasher, params, salt, hash, passwordDigest);
  return { passwordHasher: hasher.name, passwordDigest };
}

/**
 * A credential from a text that is the hasher's after its wrapping is gone.
 * @throws {DigestError} where it is not.
 */
export function unwrapDigest(title: string, hasher: AnyHasher, digest: string): ForeignDigest {
  const parsed = hasher.parse(digest);
  // What is warned of no other spelling is what the hasher would write.
  const isCanonical = !parsed.warnings.some(({ code }) => code === 'WARN_NONCANONICAL');
  const passwordDigest = isCanonical ? digest : hasher.serialize(parsed);
  return { title, credential: { passwordHasher: hasher.name, passwordDigest } };
}

export function refuseConversion(title: string, reason: string): ForeignDigest {
  return { title, reason };
}

/** Passwords are prepared before hashing, which a verifier of the converted digest does not know. */
export function notePasswordForm(message: string, fix: string): Finding {
  return { code: 'WARN_PASSWORD_FORM', severity: 'warning', message, fix };
}

export interface DigestValues {
  readonly params: object;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
  readonly context?: unknown;
}
