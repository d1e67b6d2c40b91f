/**
 * LDIF, RFC 2849, in blocks: content records, and change records as far as they add entries. A blank line ends an entry.
 */
import type { Buffer } from 'node:buffer';
import { InputProblem } from '../../files/input-problem.js';
import { CR, LF } from '../ascii.js';
import { MAX_RECORD_SIZE, makeRow, type Row, unreadable } from '../row.js';
import { type Bound, createNoDigestProblem } from '../sources/index.js';
import { type Block, type BlockReader, type RowSink, RowSpans, type Scanned } from './block.js';
import type { Bind } from './contract.js';
import { linesIn, newFinder } from './finder.js';
import { LdifEntry } from './ldif-entry.js';
import { IS_UNFINISHED, IS_WHOLE, LDIF_TEXT_AT, LdifFinder } from './ldif-finder.js';

/** The attributes of the first entry. */
export interface LdifSettled {
  readonly names: readonly string[];
}

export function ldifBlocks(bind: Bind, settled?: LdifSettled): BlockReader {
  return new LdifBlocks(bind, settled);
}

class LdifBlocks implements BlockReader {
  digestSeen = false;
  readonly #bind: Bind;
  #bound: Bound | undefined;
  #names: readonly string[] | undefined;
  #block: Block | undefined;
  #consumed = 0;
  readonly #finder = newFinder();
  #entry = new LdifEntry(() => 0);
  #found: LdifFinder | undefined;
  readonly #spans = new RowSpans();
  /** The next entry of the block, and its line. */
  #at = 0;
  #line = 1;

  constructor(bind: Bind, settled: LdifSettled | undefined) {
    this.#bind = bind;
    if (settled !== undefined) this.#settle(settled.names);
  }

  get source(): string | undefined {
    return this.#bound?.source;
  }

  get settled(): LdifSettled | undefined {
    return this.#names && { names: this.#names };
  }

  scan(block: Block): Scanned {
    const { bytes, length, line, last } = block;
    this.#block = block;
    const consumed = last ? length : lastEntryEnd(bytes, length);
    this.#consumed = consumed;
    if (this.#names === undefined) this.#findNames();
    const { lines } = linesIn(this.#finder, bytes, consumed);
    if (length - consumed <= MAX_RECORD_SIZE) return { consumed, lines };
    return { consumed, lines, problem: endlessEntry(line + lines) };
  }

  deliver(sink: RowSink): void {
    if (this.#block === undefined) return;
    const { bytes, line } = this.#block;
    this.#entry.enter(bytes);
    this.#line = line;
    this.#at = 0;
    while (this.#at < this.#consumed) {
      if (this.#found === undefined || !this.#deliverFound(bytes, this.#found, sink)) this.#deliverEntry(sink);
    }
  }

  end(): void {
    if (this.#bound === undefined || this.digestSeen) return;
    throw createNoDigestProblem(this.#bound.digestFields, '', this.#bound.advice);
  }

  /**
   * Entries that the finder has room for, from the place on.
   * @returns false where the next one is not whole there.
   */
  #deliverFound(bytes: Buffer, found: LdifFinder, sink: RowSink): boolean {
    const spans = this.#spans;
    const length = found.load(bytes, this.#at, this.#consumed);
    const base = this.#at - LDIF_TEXT_AT;
    const end = this.#at + length;
    const first = this.#at;
    while (this.#at < end) {
      const status = found.find(this.#at - base);
      if (status === IS_UNFINISHED) return this.#at > first;
      if (status !== IS_WHOLE) {
        this.#deliverEntry(sink);
        continue;
      }
      spans.line = this.#line + found.linesBefore;
      const next = base + found.next;
      const { lines } = found;
      if (found.fill(spans)) {
        this.digestSeen = true;
        sink.take(spans);
      } else {
        const row = this.#readFound(found);
        if (row !== undefined) sink.takeRow(row);
      }
      this.#at = next;
      this.#line += lines;
    }
    return true;
  }

  /** The row of the entry that was found. */
  #readFound(found: LdifFinder): Row | undefined {
    if (found.isEnough) {
      const row = found.read(this.#spans.line);
      if (found.isEnough) {
        if (row !== undefined && (row.passwordDigest ?? row.error) !== undefined) this.digestSeen = true;
        return row;
      }
    }
    this.#entry.read(this.#at, this.#consumed);
    return this.#readRow(this.#spans.line);
  }

  /** The next entry, whatever it is. */
  #deliverEntry(sink: RowSink): void {
    const entry = this.#entry;
    this.#at = entry.read(this.#at, this.#consumed);
    const row = this.#readRow(this.#line + entry.linesBefore);
    this.#line += entry.lines;
    if (row !== undefined) sink.takeRow(row);
  }

  /** Of the entry that was read; undefined where it adds no user. */
  #readRow(line: number): Row | undefined {
    const entry = this.#entry;
    if (entry.problem !== undefined) return unreadable(line, entry.problem);
    if (!entry.isRecord) return undefined;
    const extracted = this.#bound?.extract(entry.field, entry);
    if (entry.undecoded !== undefined) {
      return unreadable(line, { code: 'not-base64', attribute: shownName(entry.undecoded) });
    }
    if (extracted !== undefined && (extracted.passwordDigest ?? extracted.error) !== undefined) this.digestSeen = true;
    return makeRow(extracted, line);
  }

  /** Of the first entry that may be a user. */
  #findNames(): void {
    const entry = this.#entry;
    entry.enter((this.#block as Block).bytes);
    for (let at = 0; at < this.#consumed; ) {
      at = entry.read(at, this.#consumed);
      if (entry.problem !== undefined || !entry.isRecord) continue;
      this.#settle(entry.names());
      return;
    }
  }

  #settle(names: readonly string[]): void {
    const bound = this.#bind(names, false);
    this.#names = names;
    this.#bound = bound;
    this.#entry = new LdifEntry((name) => bound.tell?.(name, false) ?? -1);
    const found = LdifFinder.create(this.#finder, bound);
    this.#found = found;
    if (found === undefined) return;
    this.#spans.readAs(bound.plain);
    this.#spans.enter(found.bytes, () => this.#readFound(found));
  }
}

/** After the last blank line of a block that begins with a line; 0 without one. */
function lastEntryEnd(bytes: Buffer, length: number): number {
  for (let at = length - 1; at >= 0; at--) {
    if (bytes[at] !== LF) continue;
    const end = at > 0 && bytes[at - 1] === CR ? at - 1 : at;
    if (end === 0 || bytes[end - 1] === LF) return at + 1;
  }
  return 0;
}

function endlessEntry(line: number): InputProblem {
  const detail = { line, fix: 'a blank line has to end each entry of LDIF' };
  return new InputProblem('record-too-long', `the entry is longer than ${MAX_RECORD_SIZE} bytes`, detail);
}

/** Names of the standard schema; others may be a piece of something else. */
function shownName(attribute: string): string | undefined {
  return ['dn', 'uid', 'cn', 'mail', 'userpassword'].includes(attribute) ? attribute : undefined;
}
