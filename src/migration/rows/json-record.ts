/** A record of JSON that is not parsed: values are taken from the text where a source asks for them. */
import { type JsonRecord, parseJson } from '../../encoding/json.js';
import { BACKSLASH } from '../ascii.js';
import type { DigestParts, FieldReader, Locate, Plain, SourceRecord } from '../sources/index.js';
import type { RowSpans } from './block.js';
import { readExtended } from './extended-json.js';
import type { JsonFinder } from './json-finder.js';
import { NO_SLOT } from './json-names.js';
import { ABSENT, NULL_VALUE, NUMBER, STRUCTURE, TEXT, WHOLE_NUMBER, WORD } from './json-values.js';
import type { JsonWalker } from './json-walker.js';
import { ParsedRecord, readText } from './records.js';

const LOWER_T = 116;
/** Characters of a value that is compared with the one before. */
const MAX_KNOWN = 24;

/** Of a field: the slot of the key that has its very name, and of the path that its dots make. */
interface FieldSlots {
  readonly exact: number;
  readonly path: number;
}

const NO_SLOTS: FieldSlots = { exact: NO_SLOT, path: NO_SLOT };

export class WalkedRecord implements SourceRecord {
  readonly field: FieldReader = (name) => this.#read(name);
  /** Whether the record that was filled in last has a field for the digest. */
  hasDigest = false;
  readonly #finder: JsonFinder;
  readonly #walker: JsonWalker;
  readonly #slots = new Map<string, FieldSlots>();
  readonly #plain: { readonly [K in 'id' | 'hasher' | 'digest']: readonly FieldSlots[] } | undefined;
  readonly #usual: Plain['usual'];
  readonly #salt: readonly FieldSlots[] | undefined;
  readonly #locate: Locate | undefined;
  readonly #parts: DigestParts = { key: 0, keyEnd: 0, salt: 0, saltEnd: 0, hash: 0, hashEnd: 0 };
  /** Bits of `tells` that decide on a record. */
  readonly #telling: number;
  readonly #has: (name: string) => boolean;
  /** The text has no backslash from here to the next one. */
  #clearFrom = 0;
  #slash = -1;
  /** By slot: the value that it had last. */
  readonly #texts: (string | undefined)[] = [];
  #first = 0;
  #end = 0;
  #whole: ParsedRecord | undefined;

  constructor(finder: JsonFinder, walker: JsonWalker, plain: Plain | undefined) {
    this.#finder = finder;
    this.#walker = walker;
    this.#usual = plain?.usual;
    this.#locate = plain?.locate;
    this.#telling = ~(plain?.ignored ?? 0);
    this.#has = (name) => this.#hasField(name);
    if (plain === undefined) return;
    const slots = (names: readonly string[]) => names.map((name) => this.#want(name));
    const found = { id: slots(plain.id), hasher: slots(plain.hasher), digest: slots(plain.digest) };
    this.#salt = plain.joined && slots(plain.joined.salt);
    if (![...Object.values(found).flat(), ...(this.#salt ?? [])].includes(NO_SLOTS)) this.#plain = found;
  }

  get tells(): number {
    return this.#walker.tells;
  }

  /** The finder has another text. */
  enterText(): void {
    this.#slash = -1;
  }

  /**
   * Turns to the record whose first token has this index.
   * @returns the index after its last token; -1 where it is to be parsed.
   */
  enter(first: number): number {
    const next = this.#walker.walk(first);
    this.#first = first;
    this.#end = next;
    this.#whole = undefined;
    return next;
  }

  /**
   * Fills the spans with id, hasher and digest, where nothing else decides on these.
   * @param base where the finder's text begins in the bytes of the spans.
   */
  fill(spans: RowSpans, base: number): boolean {
    const plain = this.#plain;
    if (plain === undefined || (this.#walker.tells & this.#telling) !== 0) return false;
    const { kinds, starts, ends } = this.#walker;
    const digest = this.#firstThere(plain.digest);
    const kind = digest === NO_SLOT ? NULL_VALUE : kinds[digest];
    if (this.#locate !== undefined) {
      if (kind !== NULL_VALUE && (kind !== STRUCTURE || !this.#findParts(digest, this.#locate))) return false;
    } else if (kind !== NULL_VALUE && (kind !== TEXT || this.#hasEscape(digest))) return false;
    if (this.#salt !== undefined) {
      const salt = this.#firstThere(this.#salt);
      if (kind === TEXT && (salt === NO_SLOT || kinds[salt] !== TEXT || this.#hasEscape(salt))) return false;
      spans.salt = salt === NO_SLOT ? 0 : base + (starts[salt] as number);
      spans.saltEnd = salt === NO_SLOT ? 0 : base + (ends[salt] as number);
    }
    const id = this.#firstFilled(plain.id);
    const hasher = this.#firstFilled(plain.hasher);
    if (!this.#isAsWritten(id) || !this.#isAsWritten(hasher) || this.#usual?.(this.field, this.#has) === false)
      return false;
    spans.id = id === NO_SLOT ? 0 : base + (starts[id] as number);
    spans.idEnd = id === NO_SLOT ? 0 : base + (ends[id] as number);
    spans.hasher = hasher === NO_SLOT ? 0 : base + (starts[hasher] as number);
    spans.hasherEnd = hasher === NO_SLOT ? 0 : base + (ends[hasher] as number);
    this.hasDigest = this.#locate === undefined ? digest !== NO_SLOT : kind === STRUCTURE;
    if (kind === NULL_VALUE) spans.digest = spans.digestEnd = 0;
    else if (this.#locate === undefined) {
      spans.digest = base + (starts[digest] as number);
      spans.digestEnd = base + (ends[digest] as number);
    } else {
      const { key, keyEnd, salt, saltEnd, hash, hashEnd } = this.#parts;
      spans.key = base + key;
      spans.keyEnd = base + keyEnd;
      spans.salt = base + salt;
      spans.saltEnd = base + saltEnd;
      spans.digest = base + hash;
      spans.digestEnd = base + hashEnd;
    }
    return true;
  }

  #findParts(slot: number, locate: Locate): boolean {
    const { starts, ends } = this.#walker;
    return locate(this.#finder.text, starts[slot] as number, ends[slot] as number, this.#parts);
  }

  #hasField(name: string): boolean {
    const slots = this.#slotsOf(name);
    if (slots === NO_SLOTS || this.#whole !== undefined) return readText(this.whole(), name) !== undefined;
    return this.#slotIn(slots) !== NO_SLOT;
  }

  held(path: string): unknown {
    const slots = this.#slotsOf(path);
    if (slots === NO_SLOTS || this.#whole !== undefined) return this.#parse().held(path);
    const slot = this.#slotIn(slots);
    const kind = slot === NO_SLOT ? ABSENT : this.#walker.kinds[slot];
    return kind === ABSENT || kind === NULL_VALUE || kind === TEXT ? undefined : JSON.parse(this.#source(slot));
  }

  whole(): JsonRecord {
    return this.#parse().whole();
  }

  #read(name: string): string | undefined {
    const slots = this.#slotsOf(name);
    if (slots === NO_SLOTS || this.#whole !== undefined) return readText(this.#parse().texts, name);
    const slot = this.#slotIn(slots);
    if (slot === NO_SLOT) return undefined;
    switch (this.#walker.kinds[slot]) {
      case TEXT:
        return this.#readText(slot);
      case WORD:
        return this.#finder.text[this.#walker.starts[slot] as number] === LOWER_T ? 'true' : 'false';
      case WHOLE_NUMBER:
        return this.#source(slot);
      case NUMBER:
        return String(JSON.parse(this.#source(slot)));
      case STRUCTURE:
        return readExtended(this.#source(slot));
      default:
        return '';
    }
  }

  #readText(slot: number): string {
    const known = this.#texts[slot];
    if (known !== undefined && this.#isStill(known, slot)) return known;
    if (this.#hasEscape(slot)) return JSON.parse(`"${this.#source(slot)}"`);
    const text = this.#source(slot);
    this.#texts[slot] = text.length <= MAX_KNOWN ? text : undefined;
    return text;
  }

  /** Many values are those of the record before: models, providers, states. */
  #isStill(known: string, slot: number): boolean {
    const { text } = this.#finder;
    const start = this.#walker.starts[slot] as number;
    const { length } = known;
    if ((this.#walker.ends[slot] as number) - start !== length) return false;
    for (let i = length - 1; i >= 0; i--) {
      const byte = text[start + i] as number;
      if (byte !== known.charCodeAt(i) || byte >= 0x80) return false;
    }
    return true;
  }

  /** A name that was not asked for before is looked for in this record again. */
  #slotsOf(name: string): FieldSlots {
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    const slots = this.#want(name);
    if (slots === NO_SLOTS || this.#whole !== undefined) return slots;
    if (this.#walker.walk(this.#first) === -1) this.#parse();
    return slots;
  }

  #want(name: string): FieldSlots {
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    const exact = this.#walker.want([name]);
    const path = name.includes('.') ? this.#walker.want(name.split('.')) : exact;
    if (exact === NO_SLOT || path === NO_SLOT) return NO_SLOTS;
    const slots = { exact, path };
    this.#slots.set(name, slots);
    return slots;
  }

  #slotIn({ exact, path }: FieldSlots): number {
    const { kinds } = this.#walker;
    if (kinds[exact] !== ABSENT) return exact;
    return kinds[path] === ABSENT ? NO_SLOT : path;
  }

  #firstThere(names: readonly FieldSlots[]): number {
    for (let i = 0; i < names.length; i++) {
      const slot = this.#slotIn(names[i] as FieldSlots);
      if (slot !== NO_SLOT) return slot;
    }
    return NO_SLOT;
  }

  #firstFilled(names: readonly FieldSlots[]): number {
    const { kinds, starts, ends } = this.#walker;
    for (let i = 0; i < names.length; i++) {
      const slot = this.#slotIn(names[i] as FieldSlots);
      if (slot === NO_SLOT) continue;
      const kind = kinds[slot];
      if (kind === NULL_VALUE || (kind === TEXT && starts[slot] === ends[slot])) continue;
      return slot;
    }
    return NO_SLOT;
  }

  /** Its bytes are its text. */
  #isAsWritten(slot: number): boolean {
    if (slot === NO_SLOT) return true;
    const kind = this.#walker.kinds[slot];
    return kind !== NUMBER && kind !== STRUCTURE && (kind !== TEXT || !this.#hasEscape(slot));
  }

  #hasEscape(slot: number): boolean {
    const { text, isEscaped } = this.#finder;
    if (!isEscaped) return false;
    const start = this.#walker.starts[slot] as number;
    if (start < this.#clearFrom || start > this.#slash) {
      const found = text.indexOf(BACKSLASH, start);
      this.#clearFrom = start;
      this.#slash = found === -1 ? text.length : found;
    }
    return this.#slash < (this.#walker.ends[slot] as number);
  }

  #source(slot: number): string {
    const { starts, ends } = this.#walker;
    return this.#finder.text.toString('utf8', starts[slot], ends[slot]);
  }

  #parse(): ParsedRecord {
    if (this.#whole === undefined) {
      const { text, places } = this.#finder;
      const end = (places[this.#end - 1] as number) + 1;
      const source = text.toString('utf8', places[this.#first], end);
      this.#whole = new ParsedRecord(parseJson(source) as JsonRecord, source);
    }
    return this.#whole;
  }
}
