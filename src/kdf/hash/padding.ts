/** The last blocks of a message, as hash functions of the family of MD4 pad it. */

/**
 * The message, one bit, zeros, and its length in bits.
 * @param lengthBytes of the field of the length, which ends the last block.
 */
export function padWithLength(
  message: Uint8Array,
  blockBytes: number,
  lengthBytes: number,
  order: 'little' | 'big',
): Uint8Array<ArrayBuffer> {
  const blocks = Math.ceil((message.length + 1 + lengthBytes) / blockBytes);
  const padded = new Uint8Array(blocks * blockBytes);
  padded.set(message);
  padded[message.length] = 0x80;
  // Eight times the length: no message has 2^50 bytes.
  let bits = message.length * 8;
  for (let i = 0; bits > 0; i++) {
    padded[order === 'big' ? padded.length - 1 - i : padded.length - lengthBytes + i] = bits % 256;
    bits = Math.floor(bits / 256);
  }
  return padded;
}
