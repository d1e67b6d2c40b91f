/** What a digest may be made of: a hash alone, or a hash with a salt before it or after it. */
import { latin1, utf8 } from '../encoding/bytes.js';

/** One way to read a digest. */
export interface Reading {
  /** The same for digests that are read in the same way. */
  readonly kind: string;
  /** For people. */
  readonly description: string;
  /** 0: read first. */
  readonly rank: number;
  readonly hash: Uint8Array;
  readonly fields: Readonly<Record<string, Uint8Array>>;
  /** Whole numbers in it, which may be iterations. */
  readonly numbers: readonly number[];
}

const MIN_HASH_BYTES = 16;
const HASH_BYTES = [16, 20, 28, 32, 48, 64] as const;
const MIN_SALT_BYTES = 4;
const MAX_SALT_BYTES = 32;
/** What precedes the hash and names how it is written. */
const TITLE = /^(?:\{[A-Za-z0-9._-]{1,20}\}|\*|0x)/;
const SEPARATORS = /[:$|;,#!]/;

export function readDigest(digest: string): Reading[] {
  const title = TITLE.exec(digest)?.[0] ?? '';
  const text = digest.slice(title.length);
  return [...readWhole(text, title), ...readParts(text)].sort((a, b) => a.rank - b.rank);
}

function readWhole(text: string, title: string): Reading[] {
  const readings: Reading[] = [];
  const begins = title === '' ? '' : `after "${title}", `;
  for (const { code, bytes } of decodings(text)) {
    const kind = `${title} ${code}`;
    const numbers: number[] = [];
    const exact = (HASH_BYTES as readonly number[]).includes(bytes.length);
    readings.push({
      ...{ kind, rank: exact ? 0 : 2, hash: bytes, fields: {}, numbers },
      description: `${begins}the hash in ${code}`,
    });
    for (const length of HASH_BYTES) {
      const salt = bytes.length - length;
      if (salt < MIN_SALT_BYTES || salt > MAX_SALT_BYTES) continue;
      // 32 bytes are a hash of SHA-256 before they are MD5 and a salt.
      const rank = exact ? 4 : 1;
      readings.push(
        {
          ...{ kind: `${kind} ${length}+salt`, rank, numbers },
          ...{ hash: bytes.slice(0, length), fields: { salt: bytes.slice(length) } },
          description: `${begins}${length} bytes of hash and then the salt, in ${code}`,
        },
        {
          ...{ kind: `${kind} salt+${length}`, rank: rank + 1, numbers },
          ...{ hash: bytes.slice(salt), fields: { salt: bytes.slice(0, salt) } },
          description: `${begins}the salt and then ${length} bytes of hash, in ${code}`,
        },
      );
    }
  }
  return readings;
}

/** `hash:salt`, `salt$hash`, `name$iterations$salt$hash`: each part may be the hash. */
function readParts(text: string): Reading[] {
  if (!SEPARATORS.test(text)) return [];
  const separators = [...new Set(text.match(new RegExp(SEPARATORS, 'g')))];
  return separators.flatMap((separator) => {
    const parts = text.split(separator);
    return parts.flatMap((part, at) =>
      decodings(part).map(({ code, bytes }): Reading => {
        const others = parts.filter((other, i) => i !== at && other !== '');
        const numbers = others.filter((other) => /^[0-9]{1,9}$/.test(other)).map(Number);
        const texts = others.filter((other) => !/^[0-9]{1,7}$/.test(other));
        // The longest of several is the salt: others name the algorithm.
        const salt = texts.reduce((a, b) => (b.length > a.length ? b : a), '');
        const rest = texts.filter((other) => other !== salt);
        const fields: Record<string, Uint8Array> = salt === '' ? {} : { salt: utf8(salt) };
        for (const [i, other] of rest.entries()) fields[`part${i + 1}`] = utf8(other);
        return {
          ...{ kind: `${parts.length} parts by ${separator}, ${at} ${code}`, hash: bytes, fields, numbers },
          rank: (HASH_BYTES as readonly number[]).includes(bytes.length) ? 0 : 2,
          description: `parts between "${separator}": part ${at + 1} is the hash in ${code}`,
        };
      }),
    );
  });
}

interface Decoding {
  readonly code: 'hexadecimal' | 'Base64';
  readonly bytes: Uint8Array;
}

function decodings(text: string): Decoding[] {
  const found: Decoding[] = [];
  if (/^(?:[0-9A-Fa-f]{2})+$/.test(text)) found.push({ code: 'hexadecimal', bytes: unhex(text) });
  const sixty = unbase64(text);
  if (sixty !== undefined) found.push({ code: 'Base64', bytes: sixty });
  return found.filter(({ bytes }) => bytes.length >= MIN_HASH_BYTES && bytes.length <= 1024);
}

export function unhex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Either alphabet, with or without padding; undefined where it is not Base64. */
export function unbase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined;
  const plain = text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  if (plain.length % 4 === 1) return undefined;
  try {
    return latin1(atob(plain));
  } catch {
    return undefined;
  }
}
