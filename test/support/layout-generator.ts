/** Digests of a layout: sound ones in any spelling that it reads, and ones with one thing wrong. */
import fc from 'fast-check';
import { encodeHex } from '../../src/encoding/hex.js';
import { encodeYescryptSettings, findYescryptFault, YESCRYPT_FLAGS } from '../../src/encoding/yescrypt-settings.js';
import { CODECS } from '../../src/layout/codecs.js';
import type {
  Blob,
  BlobPart,
  ByteLengths,
  BytesField,
  Field,
  Item,
  JsonMember,
  Layout,
  NumberField,
  SpecialField,
  TextField,
} from '../../src/layout/index.js';

type Texts = fc.Arbitrary<string>;

/** Sound digests. */
export function digestsOf(layout: Layout): Texts {
  return textsOf(layout, separatorsOf(layout));
}

/** Characters that end fields: free text that contains them is another digest. */
function separatorsOf(layout: Layout): string {
  return layout
    .map((item) => {
      if (typeof item === 'string') return item;
      if (item.kind === 'anyCase' || item.kind === 'flag') return item.text;
      if (item.kind === 'optional') return separatorsOf(item.layout);
      if (item.kind === 'oneOf') return item.layouts.map(separatorsOf).join('');
      return '';
    })
    .join('')
    .replace(/[A-Za-z0-9]/g, '');
}

function textsOf(layout: Layout, separators: string): Texts {
  return fc.tuple(...layout.map((item) => itemTexts(item, separators))).map((texts) => texts.join(''));
}

function itemTexts(item: Item, separators: string): Texts {
  if (typeof item === 'string') return fc.constant(item);
  switch (item.kind) {
    case 'anyCase':
      return fc.constantFrom(item.text, item.text.toLowerCase(), item.text.toUpperCase());
    case 'optional':
      return fc.oneof(fc.constant(''), textsOf(item.layout, separators));
    case 'oneOf':
      return fc.oneof(...item.layouts.map((layout) => textsOf(layout, separators)));
    case 'mark':
      return fc.constant('');
    case 'packed':
      return fc
        .integer({ min: 1, max: Math.min(256 ** item.fields.length - 1, 2 ** 32 - 1) })
        .map((value) => value.toString(16));
    case 'special':
      return specialTexts(item.as);
    case 'blob':
      return blobTexts(item);
    case 'wrapped':
      return digestsOf(item.layout).map((text) =>
        Buffer.from(text.padEnd(item.bytes, '\0'), 'latin1').toString('base64'),
      );
    case 'json':
      return fc.record(membersOf(item.members)).map((value) => JSON.stringify(value));
    default:
      return fieldTexts(item, separators);
  }
}

/** Settings of yescrypt without a ROM; Domino's runs with sound iterations. */
function specialTexts(as: SpecialField['as']): Texts {
  if (as === 'yescrypt') {
    return fc
      .record({
        flags: fc.constantFrom(0, 1, YESCRYPT_FLAGS),
        N: fc.integer({ min: 2, max: 18 }).map((log) => 2 ** log),
        r: fc.integer({ min: 1, max: 100 }),
        p: fc.integer({ min: 1, max: 3 }),
        t: fc.integer({ min: 0, max: 3 }),
      })
      .filter((settings) => findYescryptFault(settings) === undefined)
      .map(encodeYescryptSettings);
  }
  const letters = fc.array(fc.constantFrom(...'0123456789ABCXYZabcxyz+/'), { minLength: 21, maxLength: 21 });
  if (as === 'lotus6') return letters.map((list) => list.slice(0, 19).join(''));
  // 5000 and "02" between salt and hash, of which each has a part of the letter at the edge.
  return letters.map((list) => `${list.join('')}30mC30mC3KmC30mCl${list.slice(0, 10).join('')}`);
}

function isLayout(member: JsonMember): member is Layout {
  return Array.isArray(member);
}

function membersOf(members: Readonly<Record<string, JsonMember>>): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => {
      if (isLayout(member)) return [name, digestsOf(member)];
      if ('value' in member) return [name, fc.constant(member.value)];
      if (member.kind === 'json') return [name, fc.record(membersOf(member.members))];
      const field = (member.kind === 'optional' ? member.layout[0] : member) as Field;
      return [name, fieldTexts(field, '').map((text) => (field.kind === 'number' ? Number(text) : text))];
    }),
  );
}

function fieldTexts(field: Field, separators: string): Texts {
  switch (field.kind) {
    case 'bytes':
      return bytesTexts(field);
    case 'text':
      return freeTexts(field, separators);
    case 'number':
      return numberTexts(field);
    case 'word':
      return fc
        .constantFrom(...Object.keys(field.words))
        .chain((word) =>
          field.anyCase ? fc.constantFrom(word, word.toUpperCase(), word.toLowerCase()) : fc.constant(word),
        );
    case 'flag':
      return fc.constantFrom('', field.text);
  }
}

const MOST_BYTES = 70;

function lengths(field: string, { bytes, only, min, max, usual, known }: ByteLengths): fc.Arbitrary<number> {
  if (bytes !== undefined) return fc.constant(bytes);
  if (only !== undefined) return fc.constantFrom(...only);
  const least = min ?? (field === 'hash' ? Math.min(16, usual ?? 16, ...(known ?? [])) : 1);
  return fc.integer({ min: least, max: Math.min(max ?? MOST_BYTES, MOST_BYTES) });
}

/** Not all of them hexadecimal digits: that is a hash that was encoded twice. */
function bytesOf(length: fc.Arbitrary<number>): fc.Arbitrary<Uint8Array> {
  return length.chain((size) =>
    fc.uint8Array({ minLength: size, maxLength: size }).map((bytes) => {
      if (size > 0 && bytes[0] !== undefined) bytes[0] |= 0x80;
      return bytes;
    }),
  );
}

function bytesTexts({ field, as, chars, ...rule }: BytesField): Texts {
  const codec = CODECS[as];
  if (chars !== undefined) {
    return bytesOf(fc.constant(Math.ceil((chars * codec.bitsPerChar) / 8) + 3)).map((bytes) =>
      codec.encode(bytes).slice(0, chars),
    );
  }
  const sizes = lengths(field, rule).map((size) => (as === 'des64' ? Math.ceil(size / 8) * 8 : size));
  const texts = bytesOf(sizes).map((bytes) => codec.encode(bytes));
  if (as === 'hex' || as === 'HEX' || as === 'anyHex') {
    return texts.chain((text) => fc.constantFrom(text, text.toLowerCase(), text.toUpperCase()));
  }
  if (as === 'b64any') {
    return texts.chain((text) => fc.constantFrom(text, text.replace(/=+$/, ''), text.replaceAll('+', '.')));
  }
  return texts;
}

function freeTexts({ min, max, chars, of, not = '', latin1 }: TextField, separators: string): Texts {
  const least = chars ?? min ?? 1;
  const most = chars ?? Math.min(max ?? 20, 40);
  const outside = new Set([...separators, ...not, '\\', '$']);
  const all = of === undefined ? [...PRINTABLE] : [...PRINTABLE].filter((one) => classOf(of).test(one));
  const usable = all.filter((one) => of !== undefined || !outside.has(one));
  const odd = latin1 ? ['\u00e9', '\u0001'] : ['\u00e9', '\u4e2d'];
  const unit = of === undefined ? fc.constantFrom(...usable, ...odd) : fc.constantFrom(...usable);
  const letters = fc.array(unit, { minLength: least, maxLength: Math.max(least, most) });
  // Blanks at an edge are refused; nearly all salts are letters and digits.
  return letters.map((units) => units.join('').replace(/^ | $/g, 'x'));
}

const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');

function classOf(of: string): RegExp {
  return new RegExp(`[${of.replace(/[\\\]^]/g, '\\$&')}]`);
}

function numberTexts({ as, min, max, digits, default: fallback }: NumberField): Texts {
  const logarithm = as === 'log2' || as === 'log2h64';
  const radix = as === 'hex' || as === 'HEX' ? 16 : 10;
  const letters = as === 'h64' || as === 'log2h64' ? (digits ?? 1) : undefined;
  const room = letters !== undefined ? 64 ** letters - 1 : digits === undefined ? 2 ** 31 : radix ** digits - 1;
  const range = { min: min ?? (logarithm ? 0 : 1), max: Math.min(max ?? (logarithm ? 52 : 2 ** 31), room, 2 ** 31) };
  const values = fc.oneof(
    fc.integer(range),
    fc.constant(fallback === undefined || logarithm || fallback < range.min ? range.min : fallback),
    fc.constant(range.max),
  );
  return values.map((value) => {
    if (letters !== undefined) return CODECS.h64.encode(littleEndian(value, letters)).slice(0, letters);
    const text = value.toString(radix).padStart(digits ?? 0, '0');
    return as === 'HEX' ? text.toUpperCase() : text;
  });
}

/** With three bytes for four letters, so that no letter is cut. */
function littleEndian(value: number, letters: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(letters / 4) * 3);
  for (let i = 0, left = value; i < bytes.length; i++, left = Math.floor(left / 256)) bytes[i] = left % 256;
  return bytes;
}

function blobTexts({ as, parts }: Blob): Texts {
  return fc.tuple(...parts.map(partHex)).map((pieces) => CODECS[as].encode(Buffer.from(pieces.join(''), 'hex')));
}

function partHex(part: BlobPart): Texts {
  if (part.part === 'constant') return fc.constant(part.hex);
  if (part.part === 'bytes') return bytesOf(lengths(part.field, part)).map(encodeHex);
  const width = part.part === 'u8' ? 1 : 4;
  const { min = 0, max = 256 ** width - 1 } = part;
  return fc.integer({ min, max: Math.min(max, 2 ** 31 - 1) }).map((value) => {
    const bytes = Buffer.alloc(width);
    if (part.part === 'u32le') bytes.writeUInt32LE(value);
    else if (width === 4) bytes.writeUInt32BE(value);
    else bytes[0] = value;
    return bytes.toString('hex');
  });
}

/** One character left out, put in, doubled, changed, or exchanged with the next; and each beginning. At so many places at most. */
export function* mutantsOf(digest: string, mostPlaces = Number.POSITIVE_INFINITY): Generator<string> {
  const step = Math.ceil(digest.length / mostPlaces);
  for (let at = 0; at <= digest.length; at += Math.max(1, step)) {
    const [before, here, after] = [digest.slice(0, at), digest.slice(at, at + 1), digest.slice(at + 1)];
    yield before;
    yield before + after;
    yield before + here + here + after;
    yield before + after.slice(0, 1) + here + after.slice(1);
    const code = here.charCodeAt(0);
    for (const other of [code ^ 1, code ^ 0x20, code + 1, code - 1]) {
      if (here !== '') yield before + String.fromCharCode(other) + after;
    }
    for (const put of ['$', ':', ',', '=', '0', '9', 'a', 'A', '\0', '\n', '\ufeff', '\ud800', '%', '+', '{', '"']) {
      yield before + put + after;
      yield before + put + here + after;
    }
  }
}
