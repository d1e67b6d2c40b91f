/** CSV read by the machine alone, without the columns of a source. */
import { CsvLayout, recordTexts, STRAY_QUOTE } from '../../src/migration/rows/csv-layout.js';
import { CsvMachine, type ScanEnd } from '../../src/migration/rows/csv-machine.js';
import { CsvFinder } from '../../src/migration/rows/csv-simd.js';
import type { Finder } from '../../src/migration/rows/finder.js';

export interface ScannedRecord {
  /** From 1. */
  readonly line: number;
  /** Of its first byte. */
  readonly byteOffset: number;
  readonly fields: readonly string[];
  readonly stray: boolean;
}

export interface ScannedText {
  readonly records: readonly ScannedRecord[];
  /** What is left at the end of the text. */
  readonly rest: ScanEnd['rest'];
  /** After the last record. */
  readonly end: number;
  readonly lines: number;
}

export interface CsvDialect {
  readonly delimiter?: string;
  readonly recordEnd?: string;
  readonly finder?: Finder | undefined;
}

/** @param splits where blocks end that are read one after the other, each from the first record not read yet. */
export function scanText(text: string | Buffer, dialect: CsvDialect = {}, splits: readonly number[] = []): ScannedText {
  const { delimiter = ',', recordEnd = '\n', finder } = dialect;
  const layout = new CsvLayout();
  const [separator, lineEnd] = [delimiter.charCodeAt(0), recordEnd.charCodeAt(0)];
  const csvFinder = finder && new CsvFinder(finder, separator, lineEnd, layout);
  const machine = new CsvMachine([separator], [lineEnd], layout, csvFinder);
  const all = Buffer.from(text);
  const records: ScannedRecord[] = [];
  let end = 0;
  let lines = 0;
  let rest: ScanEnd['rest'] = 'none';
  for (const split of [...splits].sort((a, b) => a - b).concat(all.length)) {
    // What is behind the block is something that would change what is read.
    const block = Buffer.concat([all.subarray(end, split), Buffer.from('"')]);
    const found = machine.scan(block, 0, block.length - 1, split === all.length);
    if (block.at(-1) !== '"'.charCodeAt(0)) throw new Error('the byte after the block has changed');
    for (let i = 0; i < layout.count; i++) {
      records.push({
        line: 1 + lines + (layout.lines[i] as number),
        byteOffset: end + (layout.positions[layout.records[i] as number] as number) + 1,
        fields: recordTexts(block, layout, i),
        stray: ((layout.quotes[i] as number) & STRAY_QUOTE) !== 0,
      });
    }
    end += found.at;
    lines += found.lines;
    rest = found.rest;
  }
  return { records, rest, end, lines };
}
