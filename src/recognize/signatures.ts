/** Whose signature a digest begins with, from a table that is made once for a set of hashers. */
import type { AnyHasher } from '../types.js';
import { oncePerRegistry } from './once.js';

export interface SignatureTable {
  /** The hashers of which the digest bears a signature, in their order. Letters of ASCII count without their case. */
  startingLike(digest: string): readonly AnyHasher[];
}

interface SignatureRow {
  readonly signature: string;
  readonly owners: readonly AnyHasher[];
}

const NONE: readonly AnyHasher[] = Object.freeze([]);

export function signatureTable(hashers: readonly AnyHasher[]): SignatureTable {
  const rows = new Map<number, SignatureRow[]>();
  const signatures = new Set(hashers.flatMap(({ prefixes }) => prefixes.map(smallLetters)));
  // A shorter signature that a text bears too is the beginning of the longest one: that row names its owners as well.
  for (const signature of [...signatures].sort((a, b) => b.length - a.length)) {
    const owners = hashers.filter(({ prefixes }) => prefixes.some((prefix) => beginsLike(signature, prefix)));
    const first = signature.charCodeAt(0);
    rows.set(first, [...(rows.get(first) ?? []), { signature, owners: Object.freeze(owners) }]);
  }
  return {
    startingLike(digest) {
      for (const { signature, owners } of rows.get(smallLetter(digest.charCodeAt(0))) ?? []) {
        if (beginsLike(digest, signature)) return owners;
      }
      return NONE;
    },
  };
}

/** The table of these hashers, made at the first call. */
export const getSignatures: (hashers: readonly AnyHasher[]) => SignatureTable = oncePerRegistry(signatureTable);

/** Whether `text` begins with `signature`; `{ssha}` with `{SSHA}` as well. */
export function beginsLike(text: string, signature: string): boolean {
  if (text.length < signature.length) return false;
  for (let i = 0; i < signature.length; i++) {
    if (smallLetter(text.charCodeAt(i)) !== smallLetter(signature.charCodeAt(i))) return false;
  }
  return true;
}

/** ASCII only: `toLowerCase()` makes a "k" of U+212A, and two characters of U+0130. */
function smallLetter(codeUnit: number): number {
  return codeUnit >= 65 && codeUnit <= 90 ? codeUnit + 32 : codeUnit;
}

function smallLetters(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
