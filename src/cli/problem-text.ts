/** What is wrong with a file, where, and what to do: lines on stderr. */
import { sanitizeForDisplay } from '../encoding/display.js';
import { formatCount } from '../present/quantity.js';
import { wrapped } from '../present/table.js';
import { WIDTH } from '../present/terminal-style.js';
import { type Terminal, talk } from './terminal.js';

export interface Problem {
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly byteOffset?: number;
  readonly fix?: string;
}

/** @param command that met it, without "digestry". */
export function tellProblem(terminal: Terminal, command: string, problem: Problem): void {
  const { message, fix } = problem;
  const lines = wrapped(`digestry ${command}: ${placeOf(problem)}: ${message}`, WIDTH, '');
  if (fix !== undefined) lines.push(...wrapped(`fix: ${fix}`, WIDTH, '  '));
  talk(terminal, ...lines);
}

function placeOf({ file, line, byteOffset }: Problem): string {
  const place = [
    file === undefined ? undefined : file === '-' ? 'stdin' : sanitizeForDisplay(file, 200),
    line === undefined ? undefined : `line ${formatCount(line)}`,
    byteOffset === undefined ? undefined : `byte ${formatCount(byteOffset)}`,
  ];
  return place.filter((part) => part !== undefined).join(', ');
}
