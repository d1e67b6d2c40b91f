/** A new digest of a password. */
import { type DigestError, digestError } from '../errors.js';
import type { JobOptions } from '../kdf/select.js';
import type { Credential, Password } from '../types.js';
import { derive, type Setup } from '../verify.js';
import type { UpgradeScheme } from './upgrade-scheme.js';

/**
 * A failure is a rejection, since `hash` returns no verdict.
 * @throws {DigestError} ERR_PASSWORD where the password would not count whole; what the engine refuses.
 */
export async function hashWith(
  setup: Setup,
  target: UpgradeScheme,
  password: Password,
  call: JobOptions | undefined,
): Promise<Credential> {
  const refused = findRefusal(target, password);
  if (refused !== undefined) throw refused;
  const fresh = target.fresh();
  const hash = await derive(setup, target.digestHasher, fresh, password, call);
  if (hash?.length !== fresh.hash.length) {
    const message = `derived hash has ${hash?.length ?? 'no'} bytes, must have ${fresh.hash.length}`;
    throw digestError('ERR_BACKEND', message, { hasher: target.hasher });
  }
  return target.write(fresh.salt, hash);
}

function findRefusal(
  { hasher, maxPasswordBytes, nulTerminated, peppered }: UpgradeScheme,
  password: Password,
): DigestError | undefined {
  const bytes = utf8Length(password, maxPasswordBytes);
  if (bytes > maxPasswordBytes) {
    return digestError(
      'ERR_PASSWORD',
      peppered
        ? `password over ${maxPasswordBytes} bytes makes the pepper ineffective`
        : `password must be at most ${maxPasswordBytes} bytes`,
      {
        hasher,
        field: 'password',
        limit: { param: 'passwordBytes', max: maxPasswordBytes, actual: bytes },
        fix: "ask for a shorter password, or hash to another hasher: upgradeTo: 'argon2id'",
      },
    );
  }
  if (nulTerminated && (typeof password === 'string' ? password.includes('\0') : password.includes(0))) {
    return digestError('ERR_PASSWORD', 'password must not contain a NUL: other verifiers stop reading there', {
      hasher,
      field: 'password',
      fix: 'reject passwords with control characters',
    });
  }
  return undefined;
}

/** Counted without a copy of the password; where it has more code units than `enough`, those. */
function utf8Length(password: Password, enough: number): number {
  if (typeof password !== 'string' || password.length > enough) return password.length;
  let length = 0;
  // A lone surrogate becomes U+FFFD, which has 3 bytes as well.
  for (const character of password) {
    const point = character.codePointAt(0) as number;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
}
