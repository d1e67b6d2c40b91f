/** Passwords for longer than the caller may keep their bytes. */
import { isBytes } from '../encoding/brand.js';
import type { Password } from '../types.js';
import { ownBytes } from '../verify.js';

/** A password for longer than the caller may keep it. Bytes that cannot be read stay what they are, and are refused. */
export function copyPassword(password: Password): Password {
  if (!isBytes(password)) return password;
  try {
    return ownBytes(password);
  } catch {
    return password;
  }
}

/** Wipes what `kept` copied, and nothing of the caller's. */
export function wipeCopy(given: Password, own: Password): void {
  if (own !== given && isBytes(own)) own.fill(0);
}
