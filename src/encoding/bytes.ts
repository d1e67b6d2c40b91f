/** Bytes and text: UTF-8, UTF-16LE, joining. No Node API: these run anywhere. */

/** UTF-8; a lone surrogate becomes U+FFFD, as in every web API. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 127) return encodeUtf8(text);
    bytes[i] = unit;
  }
  return bytes;
}

/** By a loop: jsdom has no TextEncoder, and one that comes from another realm makes arrays of that realm. */
function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 3);
  let at = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) as number;
    const scalar = codePoint >= 0xd800 && codePoint <= 0xdfff ? 0xfffd : codePoint;
    if (scalar < 0x80) {
      bytes[at++] = scalar;
      continue;
    }
    const following = scalar < 0x800 ? 1 : scalar < 0x10000 ? 2 : 3;
    bytes[at++] = ((0xff << (7 - following)) & 0xff) | (scalar >> (6 * following));
    for (let i = following - 1; i >= 0; i--) bytes[at++] = 0x80 | ((scalar >> (6 * i)) & 0x3f);
  }
  const encoded = bytes.slice(0, at);
  bytes.fill(0);
  return encoded;
}

/** The text of UTF-8 bytes, or undefined where they are not UTF-8. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return decodeUtf8(bytes);
  } catch {
    return undefined;
  }
}

let decoder: InstanceType<typeof TextDecoder> | undefined;

/** @throws where the bytes are not UTF-8. */
function decodeUtf8(bytes: Uint8Array): string {
  // A BOM is three bytes of a password like any others, so it stays.
  if (typeof TextDecoder === 'function') {
    decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes);
  }
  let escaped = '';
  for (const byte of bytes) escaped += `%${byte.toString(16).padStart(2, '0')}`;
  return decodeURIComponent(escaped);
}

export function utf16le(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[2 * i] = unit;
    bytes[2 * i + 1] = unit >> 8;
  }
  return bytes;
}

/** Parts one after the other, in new memory. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes below 256 of a string's code units: what `latin1` and `binary` strings hold. */
export function latin1(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
