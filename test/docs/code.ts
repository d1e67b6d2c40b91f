/** The code blocks of README.md and of the pages in docs. */
import { readdirSync, readFileSync } from 'node:fs';
import { ROOT } from '../support/cli.js';

export interface Block {
  /** Path of the file in the repository. */
  readonly page: string;
  /** The words after the fence. */
  readonly info: string;
  readonly code: string;
}

export const pageNames: readonly string[] = [
  'README.md',
  ...readdirSync(`${ROOT}docs`)
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

export function blocksOf(page: string): Block[] {
  const text = readFileSync(`${ROOT}${page}`, 'utf8');
  return [...text.matchAll(/^```(\S[^\n]*)\n([\s\S]*?)^```$/gm)].map(([, info = '', code = '']) => ({
    page,
    info,
    code,
  }));
}

/** The commands that make the folder for a page's programs: its own, or those of README.md. */
export function setupOf(page: string): string[] {
  const [own, ofReadme] = [page, 'README.md'].map((file) =>
    [...readFileSync(`${ROOT}${file}`, 'utf8').matchAll(/^ {4}(npm (?:install|pkg) .*)$/gm)].map(
      ([, line = '']) => line,
    ),
  );
  return own?.length ? own : (ofReadme ?? []);
}

/** The lines that a program is said to print: those that begin with `//> `. */
export function saidBy(code: string): string[] {
  return [...code.matchAll(/^\/\/> (.*)$/gm)].map(([, line = '']) => line);
}

export interface Command {
  readonly line: string;
  /** The lines that are shown of its output; "…" stands for any number of others. */
  readonly shown: readonly string[];
}

export function commandsOf(code: string): Command[] {
  const commands: { line: string; shown: string[] }[] = [];
  for (const line of code.replace(/\n$/, '').split('\n')) {
    if (line.startsWith('$ ')) commands.push({ line: line.slice(2), shown: [] });
    else commands.at(-1)?.shown.push(line);
  }
  return commands;
}

/** The shown lines that are not where they should be; undefined where all are. */
export function unlike(shown: readonly string[], output: string): string | undefined {
  // Durations and rates differ from run to run.
  const timeless = (line: string) => line.replace(/ · \d+\.\d s$/, '');
  const lines = output.replace(/\n$/, '').split('\n').map(timeless);
  let at = 0;
  let loose = false;
  for (const wanted of shown.map(timeless)) {
    if (wanted === '…') {
      loose = true;
      continue;
    }
    const found = loose ? lines.indexOf(wanted, at) : lines[at] === wanted ? at : -1;
    if (found === -1) return wanted;
    at = found + 1;
    loose = false;
  }
  return loose || at >= lines.length || shown.length === 0 ? undefined : `(the end, before "${lines[at]}")`;
}
