/** How a field of a digest holds bytes: decode with offsets, encode, and detect another spelling of the same bytes. */
import { base64, decodeBase64, encodeBase64 } from '../../encoding/base64.js';
import { decodeHex, encodeHex } from '../../encoding/hex.js';
import { hidden, NO_WARNINGS, refuseHexadecimal } from '../../layout/findings.js';
import { upperHexWarning } from '../../layout/hex-hash.js';
import { decodeTextSalt, encodeTextSalt } from '../../layout/text-salt.js';
import type { Finding } from '../../types.js';

export interface Codec {
  /** @param expected bytes, where the format says how many. */
  decode(text: string, start: number, end: number, field: string, expected?: number): Uint8Array;
  encode(bytes: Uint8Array): string;
  /** Of a text that decodes. */
  spelling(text: string, start: number, end: number, field: string): readonly Finding[];
}

export const hexCodec: Codec = { decode: decodeHex, encode: encodeHex, spelling: upperHexWarning };

export const base64Codec: Codec = {
  decode(text, start, end, field, expected) {
    const bytes = decodeBase64(text, start, end, field, base64, expected);
    if (field === 'hash') refuseHexadecimal(text, start, end);
    return bytes;
  },
  encode: (bytes) => encodeBase64(bytes),
  spelling: () => NO_WARNINGS,
};

export const textCodec: Codec = { decode: decodeTextSalt, encode: encodeTextSalt, spelling: hidden };
