/** LDIF and colon-separated lines read as texts, the plain way: what the readers of blocks have to find. */
import { decodeBase64 } from '../../src/encoding/base64.js';
import { utf8Text } from '../../src/encoding/bytes.js';
import { DigestError } from '../../src/errors.js';
import { makeRow, type Row, unreadable } from '../../src/migration/row.js';
import { countFields, type RowProblem } from '../../src/migration/row-problem.js';
import type { Bind } from '../../src/migration/rows/contract.js';
import type { Bound } from '../../src/migration/sources/index.js';

const BINARY = /^(?:jpegphoto|photo|audio|usercertificate|cacertificate|objectguid|objectsid|thumbnailphoto)$/;
const SHOWN = ['dn', 'uid', 'cn', 'mail', 'userpassword'];

function linesIn(text: string): string[] {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (text.endsWith('\n') || text === '') lines.pop();
  return lines;
}

type Values = Map<string, (string | undefined)[]>;

/** Undefined values are those that are not Base64 of text. */
function readEntry(lines: readonly string[]): { readonly values?: Values; readonly problem?: RowProblem } {
  const values: Values = new Map();
  for (const line of lines) {
    if (line.startsWith('#')) continue;
    const found = /^([A-Za-z0-9.-]+)(?:;[^:]*)?:(:|<)? *(.*)$/s.exec(line);
    if (found === null) return { problem: { code: 'not-an-attribute' } };
    const [, name = '', form, text = ''] = found;
    const attribute = name.toLowerCase();
    if (attribute === 'changetype' && text.toLowerCase() !== 'add') return { problem: { code: 'change-record' } };
    if (form === '<' || BINARY.test(attribute)) continue;
    values.set(attribute, [...(values.get(attribute) ?? []), form === ':' ? decoded(text) : text]);
  }
  if (values.has('dn')) return { values };
  const isVersion = values.size === 1 && values.get('version')?.length === 1;
  return values.size === 0 || isVersion ? {} : { problem: { code: 'no-dn' } };
}

function decoded(base64: string): string | undefined {
  try {
    return utf8Text(decodeBase64(base64, 0, base64.length, 'value'));
  } catch (error) {
    if (error instanceof DigestError) return undefined;
    throw error;
  }
}

export function readLdifRows(text: string, bind: Bind): Row[] {
  const rows: Row[] = [];
  let bound: Bound | undefined;
  let entry: { readonly line: number; readonly lines: string[] } | undefined;
  const finish = (): void => {
    if (entry === undefined) return;
    const { values, problem } = readEntry(entry.lines);
    const { line } = entry;
    entry = undefined;
    if (problem !== undefined) rows.push(unreadable(line, problem));
    if (values === undefined) return;
    bound ??= bind([...values.keys()], false);
    const row = readValues(values, bound, line);
    if (row !== undefined) rows.push(row);
  };
  for (const [i, source] of linesIn(text).entries()) {
    if (source === '') finish();
    else if (entry === undefined) entry = { line: i + 1, lines: [source] };
    else if (source.startsWith(' ')) entry.lines.push(`${entry.lines.pop()}${source.slice(1)}`);
    else entry.lines.push(source);
  }
  finish();
  return rows;
}

function readValues(values: Values, bound: Bound, line: number): Row | undefined {
  let broken: string | undefined;
  const asked = (name: string, value: string | undefined): string => {
    if (value === undefined) broken ??= name;
    return value ?? '';
  };
  const field = (name: string): string | undefined => {
    const own = values.get(name);
    if (own !== undefined) return own.length === 1 ? asked(name, own[0]) : '';
    const [, list = '', place] = /^(.*)\.(\d)$/.exec(name) ?? [];
    const all = values.get(list) ?? [];
    const index = Number(place);
    return all.length > 1 && index < all.length ? asked(list, all[index]) : undefined;
  };
  const whole = Object.fromEntries(
    [...values].flatMap(([name, all]) => {
      const known = all.filter((value) => value !== undefined);
      return known.length === 0 ? [] : [[name, known.length === 1 ? known[0] : known]];
    }),
  );
  const record = {
    tells: -1,
    held: (name: string) => (Array.isArray(whole[name]) ? whole[name] : undefined),
    whole: () => whole,
  };
  const extracted = bound.extract(field, record as Parameters<Bound['extract']>[1]);
  if (broken === undefined) return makeRow(extracted, line);
  return unreadable(line, { code: 'not-base64', attribute: SHOWN.includes(broken) ? broken : undefined });
}

export function readColonRows(text: string, bind: Bind): Row[] {
  const rows: Row[] = [];
  let bound: Bound | undefined;
  let width = 0;
  for (const [i, line] of linesIn(text).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const fields = line.split(':');
    if (bound === undefined && fields.length > 1) {
      width = fields.length;
      bound = bind(
        fields.map((_, index) => ['user', 'digest'][index] ?? `field ${index + 1}`),
        true,
      );
    }
    if (bound === undefined) rows.push(unreadable(i + 1, { code: 'no-colon' }));
    else if (fields.length !== width) rows.push(unreadable(i + 1, countFields('colons', fields.length, width)));
    else {
      const row = makeRow(
        bound.extract((name) => fields[['user', 'digest'].indexOf(name)]),
        i + 1,
      );
      if (row !== undefined) rows.push(row);
    }
  }
  return rows;
}
