/**
 * Excel workbooks as CSV: a sheet is streamed row by row, one row per line. What a workbook may hold in memory is bounded.
 * ECMA-376, part 1, §18.
 */
import { SaxesParser } from 'saxes';
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { InputProblem } from '../../files/input-problem.js';
import { type PartListener, SharedStrings, SheetRows, tooLarge } from './xlsx-sheet.js';

/** Parts of a workbook: sheets, drawings, themes. */
const MAX_ENTRIES = 10_000;
/** Of the parts that name the sheets, inflated. */
const MAX_PART_BYTES = 4 * 1024 * 1024;
/** Texts between two tags, and tags. */
const MAX_PIECE_CHARS = 8 * 1024 * 1024;
/** Tags within each other: a text of a cell is within nine. */
const MAX_DEPTH = 64;
/** Of a text for the parser. */
const CHUNK_CHARS = 16 * 1024;

const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';
const SHARED = 'xl/sharedStrings.xml';

export interface Workbook {
  /** The sheet, as CSV in UTF-8. */
  readonly csv: AsyncGenerator<Buffer>;
}

/**
 * @param fd of a ZIP archive.
 * @param sheet the name of a sheet; the first by default.
 * @returns undefined where the archive is not a workbook.
 * @throws {InputProblem} where it is damaged, or its sheet is not there.
 */
export async function openWorkbook(fd: number, sheet: string | undefined): Promise<Workbook | undefined> {
  const entries = new Map<string, Entry>();
  let zip: ZipFile;
  try {
    zip = await fromFdPromise(fd, { autoClose: false, lazyEntries: true });
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName, entry);
      if (entries.size > MAX_ENTRIES) throw tooLarge(`the workbook has more than ${MAX_ENTRIES} parts`);
    }
  } catch (error) {
    throw asProblem(error);
  }
  const workbook = entries.get(WORKBOOK);
  if (workbook === undefined) return undefined;
  const names = await readSheets(zip, workbook);
  const relations = entries.get(RELATIONS);
  const targets = relations === undefined ? new Map<string, string>() : await readRelations(zip, relations);
  const found = sheet === undefined ? names[0] : names.find(({ name }) => name.toLowerCase() === sheet.toLowerCase());
  const entry = found && entries.get(partName(targets.get(found.id) ?? 'worksheets/sheet1.xml'));
  if (entry === undefined) throw noSheet(sheet, names.length);
  const shared = entries.get(SHARED);
  return { csv: csvOf(zip, entry, shared) };
}

async function* csvOf(zip: ZipFile, sheet: Entry, shared: Entry | undefined): AsyncGenerator<Buffer> {
  const strings = new SharedStrings();
  if (shared !== undefined) await parse(zip, shared, Number.POSITIVE_INFINITY, strings);
  const rows = new SheetRows(strings);
  for await (const _ of pieces(zip, sheet, Number.POSITIVE_INFINITY, rows)) {
    const text = rows.take();
    if (text !== '') yield Buffer.from(text);
  }
}

async function readSheets(zip: ZipFile, entry: Entry): Promise<{ readonly name: string; readonly id: string }[]> {
  const found: { readonly name: string; readonly id: string }[] = [];
  await parse(zip, entry, MAX_PART_BYTES, {
    open(name, attributes) {
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => /^\w+:id$/.test(key))?.[1];
      if (id !== undefined) found.push({ name: attributes['name'] ?? '', id });
    },
  });
  return found;
}

async function readRelations(zip: ZipFile, entry: Entry): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>();
  await parse(zip, entry, MAX_PART_BYTES, {
    open(_, { Id: id, Target: target }) {
      if (id !== undefined && target !== undefined) targets.set(id, target);
    },
  });
  return targets;
}

/** Targets are relative to the workbook, or begin at the root. */
function partName(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
}

async function parse(zip: ZipFile, entry: Entry, maxBytes: number, listener: PartListener): Promise<void> {
  for await (const _ of pieces(zip, entry, maxBytes, listener));
}

/** @yields after each piece of a part. */
async function* pieces(
  zip: ZipFile,
  entry: Entry,
  maxBytes: number,
  listener: PartListener,
): AsyncGenerator<undefined> {
  if (entry.uncompressedSize > maxBytes) throw tooLarge('a part of the workbook that names its sheets is too large');
  const parser = new SaxesParser();
  // What the parser has not given yet it keeps, and each tag that is open.
  let chars = 0;
  let depth = 0;
  const failed: Error[] = [];
  parser.on('error', (error) => failed.push(error));
  parser.on('opentagstart', () => {
    chars = 0;
    if (++depth > MAX_DEPTH) throw tooLarge(`tags of the workbook are nested more than ${MAX_DEPTH} deep`);
  });
  parser.on('opentag', ({ name, attributes }) =>
    listener.open?.(localName(name), attributes as Record<string, string>),
  );
  parser.on('text', (piece) => listener.text?.(piece));
  parser.on('cdata', (piece) => listener.text?.(piece));
  parser.on('closetag', ({ name }) => {
    depth--;
    listener.close?.(localName(name));
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const text = decoder.decode(chunk, { stream: true });
      for (let at = 0; at < text.length; at += CHUNK_CHARS) {
        const piece = text.slice(at, at + CHUNK_CHARS);
        chars += piece.length;
        parser.write(piece);
        if (failed[0] !== undefined) throw failed[0];
        if (chars > MAX_PIECE_CHARS) throw tooLarge('a cell of the workbook is larger than any cell of Excel');
        yield;
      }
    }
    parser.write(decoder.decode());
    parser.close();
    if (failed[0] !== undefined) throw failed[0];
  } catch (error) {
    throw asProblem(error);
  }
  yield;
}

/** Names of tags may have any prefix. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function asProblem(error: unknown): InputProblem {
  if (error instanceof InputProblem) return error;
  return new InputProblem('damaged', 'the archive is damaged or cut off', {
    fix: 'copy or export the file again',
    cause: error,
  });
}

function noSheet(sheet: string | undefined, count: number): InputProblem {
  if (sheet === undefined) return new InputProblem('no-rows', 'the workbook has no sheet', { fix: 'export it again' });
  return new InputProblem('no-table', `none of the ${count} sheets of the workbook has the name that --table gives`, {
    fix: 'give the name of a sheet',
  });
}
