/** A digest that is a JSON object: each member is a field of its own. */
import { isRecord, type JsonRecord, parseJson } from '../encoding/json.js';
import { DigestError, type DigestErrorDetail, digestError } from '../errors.js';
import type { CompiledLayout, FieldSpan, LayoutMatch } from './compiled.js';
import { NO_WARNINGS } from './findings.js';
import { createSlot } from './sequence.js';
import { Found, type Slot, setBytes, type Values, warnAll } from './slot.js';
import type { Field, JsonMember, JsonObject, Layout } from './types.js';

interface Member {
  /** Names from the outside in. */
  readonly path: readonly string[];
  readonly slot: Slot | undefined;
  readonly numeric: boolean;
  readonly value: string | number | boolean | undefined;
  readonly optional: boolean;
}

/** Deeper ones than any service writes are refused before they are parsed. */
const MAX_CHARS = 65_536;

/** Most digests are not: they need not be parsed. */
const OBJECT = /^\s*\{[\s\S]*\}\s*$/;

type Compile = (layout: Layout) => CompiledLayout;

/**
 * @param compile for members that are layouts themselves
 * @param known the fields of all alternatives
 */
export function compileJson({ members }: JsonObject, compile: Compile, known?: ReadonlySet<string>): CompiledLayout {
  const all = listMembers(members, [], compile);
  const fields = all.flatMap(({ slot }) => slot?.fields ?? []);
  const others = [...(known ?? [])].filter((field) => !fields.includes(field));

  function read(text: string): JsonRecord {
    const value = text.length > MAX_CHARS ? undefined : parseJson(text);
    if (isRecord(value)) return value;
    throw digestError('ERR_MALFORMED', 'digest must be a JSON object', { field: 'prefix', offset: 0 });
  }

  function parse(text: string): LayoutMatch {
    const value = read(text);
    const found = new Found();
    for (const member of all) readMember(member, value, text, found);
    return found;
  }

  function spans(text: string): readonly FieldSpan[] | undefined {
    const value = parseJson(text);
    if (!isRecord(value)) return undefined;
    return all.flatMap((member) => {
      const { slot } = member;
      const start = slot === undefined ? undefined : locateMember(text, member);
      const content = memberText(member, findMember(member, value));
      if (slot === undefined || start === undefined || content === undefined) return [];
      // A value with escapes has other places than its characters.
      return text.startsWith(content, start) ? [{ fields: slot.fields, start, end: start + content.length }] : [];
    });
  }

  return {
    prefixes: [],
    fields,
    freeTail: false,
    pattern: '^\\{.*\\}$',
    parse,
    print(params, bytes) {
      for (const field of others) {
        if (params[field] !== undefined || (bytes[field]?.length ?? 0) > 0) throw unprintable(field);
      }
      return JSON.stringify(printMembers(members, { params, bytes }, compile));
    },
    locate: (text, field) => spans(text)?.find((span) => span.fields.includes(field))?.start,
    mayFit(text) {
      if (text.length > MAX_CHARS || !OBJECT.test(text)) return false;
      const value = parseJson(text);
      return isRecord(value) && all.every((member) => mayFitMember(member, value));
    },
    spans,
    trimHash: all.find(({ slot }) => slot?.trim !== undefined)?.slot?.trim,
  };
}

function listMembers(
  members: Readonly<Record<string, JsonMember>>,
  path: readonly string[],
  compile: Compile,
): readonly Member[] {
  return Object.entries(members).flatMap(([name, member]): readonly Member[] => {
    const here = [...path, name];
    if (isLayout(member)) {
      return [{ path: here, slot: layoutSlot(member, compile), numeric: false, value: undefined, optional: false }];
    }
    if ('value' in member) {
      return [{ path: here, slot: undefined, numeric: false, value: member.value, optional: false }];
    }
    if (member.kind === 'json') return listMembers(member.members, here, compile);
    const field = member.kind === 'optional' ? member.layout[0] : member;
    if (!isField(field)) throw new TypeError(`layout: member ${name} must be one field`);
    const [slot, numeric] = [createSlot(field), field.kind === 'number'];
    return [{ path: here, slot, numeric, value: undefined, optional: member.kind === 'optional' }];
  });
}

function isLayout(member: JsonMember): member is Layout {
  return Array.isArray(member);
}

/** A member with a digest in it. */
function layoutSlot(layout: Layout, compile: Compile): Slot {
  const inner = compile(layout);
  return {
    fields: inner.fields,
    label: inner.fields[0] ?? 'prefix',
    minChars: 0,
    maxChars: Number.POSITIVE_INFINITY,
    accepts: () => true,
    fits: (text, start, end) => inner.mayFit(text.slice(start, end)),
    read(text, start, end, found) {
      const match = inner.parse(text.slice(start, end));
      Object.assign(found.params, match.params);
      for (const [field, value] of Object.entries(match.bytes)) setBytes(found, field, value);
      warnAll(found, match.warnings);
    },
    readAbsent() {},
    isDefault: () => false,
    write: ({ params, bytes }) => inner.print(params, bytes),
    pattern: inner.pattern.slice(1, -1),
    free: inner.freeTail,
    toLast: false,
  };
}

function unprintable(field: string): DigestError {
  return digestError('ERR_MALFORMED', `the format cannot represent this ${field}`, { field });
}

function isField(item: unknown): item is Field {
  return typeof item === 'object' && item !== null && 'field' in item;
}

function findMember({ path }: Member, value: JsonRecord): unknown {
  let found: unknown = value;
  for (const name of path) found = isRecord(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  return found;
}

/** The text of a member, as its field reads it. */
function memberText({ numeric }: Member, value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (numeric && typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return undefined;
}

function readMember(member: Member, value: JsonRecord, text: string, found: Found): void {
  const { path, slot, optional } = member;
  const taken = findMember(member, value);
  const name = path.join('.');
  if (slot === undefined) {
    if (taken === member.value) return;
    const problem = `member ${name} must be ${JSON.stringify(member.value)}`;
    throw digestError('ERR_MALFORMED', problem, place(text, member, name));
  }
  if (optional && (taken === undefined || taken === null)) {
    slot.readAbsent(found);
    return;
  }
  const content = memberText(member, taken);
  if (content === undefined) {
    const problem =
      taken === undefined
        ? `member ${name} is missing`
        : `member ${name} must be a ${member.numeric ? 'number' : 'string'}`;
    throw digestError('ERR_MALFORMED', problem, place(text, member, slot.label));
  }
  const { warnings } = found;
  found.warnings = NO_WARNINGS;
  const start = locateMember(text, member) ?? 0;
  try {
    slot.read(content, 0, content.length, found);
  } catch (error) {
    if (!(error instanceof DigestError)) throw error;
    const { field, fix, subcode, offset = 0 } = error;
    throw digestError(error.code, error.message, { field, fix, subcode, offset: start + offset });
  }
  found.warnings = [
    ...warnings,
    ...found.warnings.map((finding) => ({ ...finding, offset: start + (finding.offset ?? 0) })),
  ];
}

function mayFitMember(member: Member, value: JsonRecord): boolean {
  const taken = findMember(member, value);
  const { slot } = member;
  if (slot === undefined) return taken === member.value;
  if (taken === undefined || taken === null) return member.optional;
  const content = memberText(member, taken);
  return content !== undefined && slot.fits(content, 0, content.length);
}

function place(text: string, member: Member, field: string): DigestErrorDetail {
  return { field, offset: locateMember(text, member) ?? 0 };
}

/** Where the value of a member begins, inside its quotes: after the first of its names that a colon follows. */
function locateMember(text: string, { path }: Member): number | undefined {
  let at = 0;
  for (const name of path) {
    const key = JSON.stringify(name).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    const found = new RegExp(`${key}\\s*:\\s*"?`, 'g');
    found.lastIndex = at;
    if (found.exec(text) === null) return undefined;
    at = found.lastIndex;
  }
  return at;
}

type Printed = { [name: string]: unknown };

function printMembers(members: Readonly<Record<string, JsonMember>>, values: Values, compile: Compile): Printed {
  const printed: Printed = {};
  for (const [name, member] of Object.entries(members)) {
    if (isLayout(member)) printed[name] = compile(member).print(values.params, values.bytes);
    else if ('value' in member) printed[name] = member.value;
    else if (member.kind === 'json') {
      const inner = printMembers(member.members, values, compile);
      if (Object.keys(inner).length > 0) printed[name] = inner;
    } else {
      const field = member.kind === 'optional' ? (member.layout[0] as Field) : member;
      const slot = createSlot(field);
      if (member.kind === 'optional' && slot.isDefault(values)) continue;
      const written = slot.write(values);
      if (written === undefined) throw unprintable(slot.label);
      printed[name] = field.kind === 'number' && field.as === 'decimal' ? Number(written) : written;
    }
  }
  return printed;
}
