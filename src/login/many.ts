/** The rows that `verifyMany` reads, and what it delivers of each. */
import { describeReceived } from '../encoding/received.js';
import { DigestError, digestError } from '../errors.js';
import type { Credential, Password, StoredCredential, Verdict } from '../types.js';
import { isPassword, type Setup, takeCredential } from '../verify.js';
import type { VerifyOptions } from './options.js';

/** A stored credential, the password to try, and whatever else the row has. */
export interface ManyInput extends StoredCredential {
  readonly password: Password;
}

export interface ManyOptions extends VerifyOptions {
  /** Rows read and not yet delivered, never more than `maxQueue`. Default: 64, which fills the lanes of 16 threads. */
  readonly concurrency?: number | undefined;
}

export interface ManyOutput<Input extends ManyInput> {
  /** The row as it was read. */
  readonly input: Input;
  readonly verdict: Verdict;
}

/** A row's password and credential, each read once; or why the row cannot be verified, whatever the row is. */
export function takeRow(
  setup: Setup,
  row: ManyInput,
): { readonly password: Password; readonly credential: Credential } | DigestError {
  let password: unknown;
  try {
    if (row === null || typeof row !== 'object') return badRow(`a row must be an object (is ${describeReceived(row)})`);
    ({ password } = row);
    const credential = takeCredential(setup, row);
    if (credential instanceof DigestError) return credential;
    if (isPassword(password)) return { password, credential };
  } catch (cause) {
    return badRow('reading the row failed', cause);
  }
  return digestError('ERR_PASSWORD', `password must be a string or a Uint8Array (is ${describeReceived(password)})`, {
    field: 'password',
  });
}

function badRow(message: string, cause?: unknown): DigestError {
  const fix = 'pass rows of { password, passwordHasher, passwordDigest }';
  return digestError('ERR_MALFORMED', message, { field: 'row', fix, cause });
}
