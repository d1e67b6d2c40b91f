/**
 * ASP.NET Core Identity's PasswordHasher: Base64 of a byte layout.
 * https://github.com/dotnet/aspnetcore/blob/main/src/Identity/Extensions.Core/src/PasswordHasher.cs
 *
 *     00 ‖ salt 16 ‖ key 32                                    version 2: HMAC-SHA1, 1000 iterations
 *     01 ‖ prf u32 ‖ iterations u32 ‖ salt length u32 ‖ salt ‖ key     version 3, numbers big-endian
 */

import { firstOutside } from '../../encoding/alphabet.js';
import { base64, decodeBase64 } from '../../encoding/base64.js';
import type { ForeignDigest, System } from './contract.js';
import { pbkdf2Reading } from './pbkdf2.js';

const V2_BYTES = 49;
const V2_ITERATIONS = 1000;
const V2_SALT_BYTES = 16;
const V3_HEADER_BYTES = 13;
const MIN_BYTES = 16;
/** The enumeration KeyDerivationPrf. */
const PRFS = ['sha1', 'sha256', 'sha512'] as const;

export const aspnet: System = {
  system: 'aspnet',
  title: 'ASP.NET Identity',
  read(text) {
    // A first byte 00 or 01 is "A" and one of "A" to "Q" in Base64; the rest decides.
    if (text.charCodeAt(0) !== 65 || text.length % 4 !== 0 || !isBase64(text)) return undefined;
    const bytes = decodeBase64(text, 0, text.length, 'digest');
    if (bytes[0] === 0 && bytes.length === V2_BYTES) return version2(bytes);
    return bytes[0] === 1 ? version3(bytes) : undefined;
  },
};

function isBase64(text: string): boolean {
  const end = text.endsWith('==') ? text.length - 2 : text.endsWith('=') ? text.length - 1 : text.length;
  return firstOutside(base64.alphabet, text, 0, end) === end;
}

function version2(bytes: Uint8Array): ForeignDigest {
  const hash = bytes.subarray(1 + V2_SALT_BYTES);
  return pbkdf2Reading('ASP.NET Identity v2', 'sha1', V2_ITERATIONS, bytes.subarray(1, 1 + V2_SALT_BYTES), hash);
}

/** Undefined where the numbers cannot be a header: then the text is something else in Base64. */
function version3(bytes: Uint8Array<ArrayBuffer>): ForeignDigest | undefined {
  if (bytes.length < V3_HEADER_BYTES + 2 * MIN_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const prf = PRFS[view.getUint32(1)];
  const iterations = view.getUint32(5);
  const saltBytes = view.getUint32(9);
  const hashBytes = bytes.length - V3_HEADER_BYTES - saltBytes;
  if (prf === undefined || iterations === 0 || saltBytes < MIN_BYTES || hashBytes < MIN_BYTES) return undefined;
  const salt = bytes.subarray(V3_HEADER_BYTES, V3_HEADER_BYTES + saltBytes);
  const hash = bytes.subarray(V3_HEADER_BYTES + saltBytes);
  return pbkdf2Reading('ASP.NET Identity v3', prf, iterations, salt, hash);
}
