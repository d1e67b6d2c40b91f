/** Numbers, vectors and sections of the binary format. https://webassembly.github.io/spec/core/binary/ */

export const TYPE_BYTE = { i32: 0x7f, i64: 0x7e, v128: 0x7b } as const;

/** LEB128, unsigned. */
export function encodeU32(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const byte = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? byte : byte | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** LEB128, signed. */
export function encodeS64(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; ) {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    const last = (rest === 0n && (byte & 0x40) === 0) || (rest === -1n && (byte & 0x40) !== 0);
    bytes.push(last ? byte : byte | 0x80);
    if (last) return bytes;
  }
}

export function encodeVector(items: readonly (readonly number[])[]): number[] {
  return [...encodeU32(items.length), ...items.flat()];
}

export function encodeSized(bytes: readonly number[]): number[] {
  return [...encodeU32(bytes.length), ...bytes];
}

export function encodeSection(id: number, bytes: readonly number[]): number[] {
  return [id, ...encodeSized(bytes)];
}

export function encodeText(value: string): number[] {
  return encodeSized([...new TextEncoder().encode(value)]);
}
