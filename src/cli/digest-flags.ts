/** The flag --hasher, which is checked before anything is read. */
import { hashers } from '../index.js';
import { unknownHasherName } from '../recognize/explain-name.js';

/** @throws {DigestError} ERR_UNKNOWN_HASHER, with the nearest name. */
export function checkHasher(name: string | undefined): void {
  if (name === undefined || hashers.some((hasher) => hasher.name === name)) return;
  throw unknownHasherName(hashers, name, '--hasher');
}
