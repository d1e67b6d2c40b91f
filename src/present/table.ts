import { WIDTH } from './terminal-style.js';
/** Columns of text: the first to the left, numbers to the right. */

export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Lines of at most `WIDTH` characters: the last column is wrapped within itself. */
export function table(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ title }, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const last = columns.length - 1;
  const lines = (cells: readonly string[]): string[] => {
    const fixed = cells.slice(0, last).map((cell, i) => {
      const width = widths[i] as number;
      return columns[i]?.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
    });
    const begin = [...fixed, ''].join('  ');
    const tail = wrapped(cells[last] ?? '', WIDTH, ' '.repeat(begin.length));
    return tail.map((line, i) => (i === 0 ? begin + line.slice(begin.length) : line).trimEnd());
  };
  return [columns.map(({ title }) => title), ...rows].flatMap(lines);
}

/** Words in lines of at most `width` characters, each after `indent`. A longer word has a line of its own. */
export function wrapped(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length > indent.length && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
    }
    line += line.length > indent.length ? ` ${word}` : word;
  }
  return [...lines, line];
}
