/** MySQL's OLD_PASSWORD: two sums of 31 bits. Not a hash function: collisions take seconds to find. */

/** The 8 bytes of the digest. Spaces and tabs of the password do not count. */
export function computeMysql323(password: Uint8Array): Uint8Array<ArrayBuffer> {
  let first = 0x50305735;
  let second = 0x12345671;
  let add = 7;
  for (const byte of password) {
    if (byte === 0x20 || byte === 0x09) continue;
    first ^= Math.imul((first & 63) + add, byte) + (first << 8);
    second += (second << 8) ^ first;
    second |= 0;
    add += byte;
  }
  const hash = new Uint8Array(8);
  for (const [i, sum] of [first & 0x7fffffff, second & 0x7fffffff].entries()) {
    for (let k = 0; k < 4; k++) hash[4 * i + k] = sum >>> (24 - 8 * k);
  }
  return hash;
}
