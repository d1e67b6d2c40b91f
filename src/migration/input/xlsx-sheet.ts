/** The cells of a sheet of a workbook as lines of CSV, and the texts that its cells share. */
import { InputProblem } from '../../files/input-problem.js';

/** Of all shared texts together: characters, and how many there are. */
const MAX_SHARED_CHARS = 48 * 1024 * 1024;
const MAX_SHARED = 4_000_000;
/** Excel's own. */
const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;
const MAX_ROW_CHARS = 4 * 1024 * 1024;

/** What a part of a workbook is made of, without the prefixes of its tags. */
export interface PartListener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(piece: string): void;
  close?(name: string): void;
}

/** Cells have the number of their text. */
export class SharedStrings implements PartListener {
  readonly #texts: string[] = [];
  readonly #text = new TextRuns();
  #chars = 0;

  get(index: number): string | undefined {
    return this.#texts[index];
  }

  open(name: string): void {
    this.#text.open(name);
  }

  text(piece: string): void {
    this.#text.add(piece);
  }

  close(name: string): void {
    if (!this.#text.close(name, 'si')) return;
    const whole = this.#text.take();
    this.#chars += whole.length;
    if (this.#chars > MAX_SHARED_CHARS || this.#texts.length >= MAX_SHARED) {
      throw tooLarge(`the shared texts of the workbook take more than ${MAX_SHARED_CHARS / 2 ** 20} MiB`);
    }
    this.#texts.push(whole);
  }
}

/** Text in runs, `<r><t>…</t></r>`; without how it is pronounced, `<rPh>`. */
class TextRuns {
  #text = '';
  #inText = false;
  #isPhonetic = false;

  open(name: string): void {
    if (name === 't') this.#inText = true;
    else if (name === 'rPh') this.#isPhonetic = true;
  }

  add(piece: string): void {
    if (!this.#inText || this.#isPhonetic) return;
    this.#text += piece;
    if (this.#text.length > MAX_ROW_CHARS) throw tooLarge('a cell of the workbook is larger than any cell of Excel');
  }

  /** @returns whether that was the whole text. */
  close(name: string, whole: string): boolean {
    if (name === 't') this.#inText = false;
    else if (name === 'rPh') this.#isPhonetic = false;
    return name === whole;
  }

  take(): string {
    const text = this.#text;
    this.#text = '';
    return unescapeControls(text);
  }
}

/** §22.9.2.19: characters that XML cannot hold are `_x000D_`. */
function unescapeControls(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** A row of the sheet is a line, so that line numbers are those of the sheet. */
export class SheetRows implements PartListener {
  readonly #strings: SharedStrings;
  readonly #text = new TextRuns();
  #out = '';
  /** Lines so far. */
  #line = 0;
  #width = 0;
  /** With holes. */
  #cells: string[] = [];
  #chars = 0;
  #column = 0;
  #type = 'n';
  #value = '';
  #inValue = false;

  constructor(strings: SharedStrings) {
    this.#strings = strings;
  }

  /** The lines since the last call. */
  take(): string {
    const out = this.#out;
    this.#out = '';
    return out;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#text.open(name);
    if (name === 'row') this.#openRow(Number(attributes['r'] ?? this.#line + 1));
    else if (name === 'c') {
      this.#column = columnOf(attributes['r']) ?? this.#cells.length;
      if (this.#column >= MAX_COLUMNS) throw tooLarge('the sheet has more columns than Excel allows');
      this.#type = attributes['t'] ?? 'n';
      this.#value = '';
    } else if (name === 'v') this.#inValue = true;
  }

  text(piece: string): void {
    this.#text.add(piece);
    if (!this.#inValue) return;
    this.#value += piece;
    if (this.#value.length > MAX_ROW_CHARS) throw tooLarge('a cell of the workbook is larger than any cell of Excel');
  }

  close(name: string): void {
    this.#text.close(name, 'is');
    if (name === 'v') this.#inValue = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
  }

  /** Rows without cells are left out of the sheet. */
  #openRow(row: number): void {
    if (!(row <= MAX_ROWS)) throw tooLarge('the sheet has more rows than Excel allows');
    if (row > this.#line + 1) this.#out += '\n'.repeat(row - this.#line - 1);
    this.#line = Math.max(this.#line + 1, row);
    this.#cells = [];
    this.#chars = 0;
  }

  #closeCell(): void {
    const inline = this.#text.take();
    const text = this.#cellText(inline);
    this.#chars += text.length;
    if (this.#chars > MAX_ROW_CHARS) throw tooLarge(`a row of the sheet has more than ${MAX_ROW_CHARS} characters`);
    // Cells before it that are left out stay holes: a row may have one cell, in the last column.
    this.#cells[this.#column] = text;
  }

  #cellText(inline: string): string {
    switch (this.#type) {
      case 's':
        return this.#strings.get(Number(this.#value)) ?? '';
      case 'inlineStr':
        return inline;
      case 'b':
        return this.#value === '1' ? 'true' : 'false';
      case 'str':
        return unescapeControls(this.#value);
      default:
        return this.#value;
    }
  }

  /** Cells that are empty at the end of a row are left out of the sheet. */
  #closeRow(): void {
    const isEmpty = this.#cells.every((cell) => cell === '');
    if (!isEmpty) {
      if (this.#width === 0) this.#width = this.#cells.length;
      this.#cells.length = Math.max(this.#cells.length, this.#width);
      while (this.#cells.length > this.#width && (this.#cells.at(-1) ?? '') === '') this.#cells.pop();
    }
    this.#out += isEmpty ? '\n' : `${this.#cells.map(quoted).join(',')}\n`;
  }
}

/** From 0: `C7` is 2. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = 26 * column + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** A line end within a cell is a CR: it does not count as a line. */
function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""').replaceAll('\r\n', '\r').replaceAll('\n', '\r')}"`;
}

export function tooLarge(message: string): InputProblem {
  return new InputProblem('too-large', message, { fix: 'open it, and save the sheet as CSV' });
}
