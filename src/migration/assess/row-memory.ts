/** Outcomes of digests that sources made, of one layout: by what is neither salt nor hash, the hasher and the findings. */
import type { Finding } from '../../types.js';
import type { Doubt, Row } from '../row.js';
import { isEqual } from './digest-memory.js';
import type { DigestSpans } from './layouts/index.js';
import type { Outcome } from './outcome.js';

const MAX_REMEMBERED = 64;

/** What an outcome depends on. */
interface RowForm {
  readonly hasher: string | undefined;
  /** Of the source: the same array for all digests that were made in the same way. */
  readonly findings: readonly Finding[] | undefined;
  readonly doubts: readonly Doubt[] | undefined;
  readonly hasId: boolean;
  readonly key: Uint8Array;
  readonly saltChars: number;
  readonly hashChars: number;
}

export interface RememberedRow extends RowForm {
  /** A hasher read the digest. */
  readonly isRead: boolean;
  readonly number: number;
  readonly outcome: Outcome;
}

export class RowMemory {
  /** The one that was met last first. */
  readonly #rows: RememberedRow[] = [];

  get isFull(): boolean {
    return this.#rows.length >= MAX_REMEMBERED;
  }

  /** @param bytes of the row's digest, whose parts are at these places. */
  find(row: Row, bytes: Uint8Array, spans: DigestSpans): RememberedRow | undefined {
    const rows = this.#rows;
    for (let i = 0; i < rows.length; i++) {
      const known = rows[i] as RememberedRow;
      if (!isOfForm(known, row, bytes, spans)) continue;
      if (i > 0) {
        rows[i] = rows[i - 1] as RememberedRow;
        rows[i - 1] = known;
      }
      return known;
    }
    return undefined;
  }

  describe({ id, passwordHasher, findings, doubts }: Row, bytes: Uint8Array, spans: DigestSpans): RowForm {
    const { keyStart, keyEnd, salt, saltEnd, hash, hashEnd } = spans;
    return {
      hasher: passwordHasher,
      findings,
      doubts,
      hasId: id !== '',
      key: Uint8Array.from(bytes.subarray(keyStart, keyEnd)),
      saltChars: saltEnd - salt,
      hashChars: hashEnd - hash,
    };
  }

  add(remembered: RememberedRow): void {
    this.#rows.push(remembered);
  }
}

function isOfForm(
  known: RowForm,
  { id, passwordHasher, findings, doubts }: Row,
  bytes: Uint8Array,
  spans: DigestSpans,
): boolean {
  const { keyStart, keyEnd, salt, saltEnd, hash, hashEnd } = spans;
  if (
    known.hashChars !== hashEnd - hash ||
    known.saltChars !== saltEnd - salt ||
    known.key.length !== keyEnd - keyStart ||
    known.hasher !== passwordHasher ||
    known.findings !== findings ||
    known.hasId !== (id !== '') ||
    !areSame(known.doubts, doubts)
  ) {
    return false;
  }
  return isEqual(known.key, bytes, keyStart);
}

/** A doubt is one object for all rows that raise it. */
function areSame(known: readonly Doubt[] | undefined, doubts: readonly Doubt[] | undefined): boolean {
  if (known === undefined || doubts === undefined) return known === doubts;
  return known.length === doubts.length && known.every((doubt, i) => doubt === doubts[i]);
}
