/** What is wrong with a file, where, and what to do: lines on stderr. */
import { wrapped } from '../present/table.js';
import { grouped, harmless, type Terminal, talk, WIDTH } from './terminal.js';

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
    file === undefined ? undefined : file === '-' ? 'stdin' : harmless(file, 200),
    line === undefined ? undefined : `line ${grouped(line)}`,
    byteOffset === undefined ? undefined : `byte ${grouped(byteOffset)}`,
  ];
  return place.filter((part) => part !== undefined).join(', ');
}
