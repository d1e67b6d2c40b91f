/** The flags --salt, --username, --column and --pepper-file: what a digest needs from other columns of its row. */
import type { Command } from 'commander';
import type { Companions } from '../index.js';
import { collect } from './flags.js';
import { readPepper } from './peppers.js';
import { UsageError } from './problem.js';
import type { Terminal } from './terminal.js';

export interface RowFlags {
  readonly salt?: string;
  readonly username?: string;
  readonly column?: readonly string[];
  readonly pepperFile?: string;
}

export function addRowFlags(command: Command): Command {
  return command
    .option('--salt <salt>', 'salt, where another column has it')
    .option('--username <name>', 'user name of the row')
    .option('--column <name=value>', 'another column of the row, repeatable', collect)
    .option('--pepper-file <file>', 'file with a secret of the whole site');
}

/** Whether a flag of one row is given. */
export function hasRowFlags({ salt, username, column = [] }: RowFlags): boolean {
  return salt !== undefined || username !== undefined || column.length > 0;
}

/** Other columns by their names. @throws {UsageError} */
export function parseColumns({ column = [] }: RowFlags): Record<string, string> {
  return Object.fromEntries(column.map(parseColumn));
}

function parseColumn(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError('--column: must be NAME=VALUE', 'pass one as iterations=1000');
  return [text.slice(0, at), text.slice(at + 1)];
}

/** A command without an interruption of its own. */
const NEVER = new AbortController().signal;

export async function readRowPepper(
  { pepperFile }: RowFlags,
  terminal: Terminal,
  signal?: AbortSignal,
): Promise<string | undefined> {
  return pepperFile === undefined ? undefined : readPepper('--pepper-file', pepperFile, terminal, signal ?? NEVER);
}

export async function readCompanions(flags: RowFlags, terminal: Terminal): Promise<Companions> {
  const { salt, username } = flags;
  return { salt, username, pepper: await readRowPepper(flags, terminal), params: parseColumns(flags) };
}
