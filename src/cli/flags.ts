/** What flags of several commands have in common: numbers, hashers, and `-` for stdin and stdout. */
import { Option } from 'commander';
import { nearestName } from '../encoding/received.js';
import { type Output, openOutput, streamOutput } from '../files/output-file.js';
import { UsageError } from './problem.js';
import { dataStream, type Terminal } from './terminal.js';

/** @throws {UsageError} */
export function parsePositive(flag: string, text: string, max: number): number {
  const value = Number(text.trim() || Number.NaN);
  if (value > 0 && value <= max) return value;
  throw new UsageError(`${flag}: must be a positive number, at most ${max}`);
}

/** @throws {UsageError} */
export function parseWhole(flag: string, text: string, max: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= max) return value;
  throw new UsageError(`${flag}: must be a whole number from 1 to ${max}`);
}

/** A flag with a value of a few: `--source <source>`. Anything else is a UsageError. */
export function choiceOption(flags: string, description: string, choices: readonly string[]): Option {
  const option = new Option(flags, description).choices(choices);
  const [, noun = 'value'] = /<(.+)>/.exec(flags) ?? [];
  return option.argParser((value) => {
    checkChoice(`${option.long}: unknown ${noun}`, value, choices);
    return value;
  });
}

/** All of them are named: that is more use than the nearest. */
const FEW_CHOICES = 5;

/** @throws {UsageError} on another value. Its text is not repeated: it may be a digest or a password. */
export function checkChoice(message: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  const nearest = choices.length > FEW_CHOICES ? nearestName(value, choices) : undefined;
  throw new UsageError(message, `use ${nearest ?? `one of ${choices.join(', ')}`}`);
}

/** A flag that can be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Files by the flag that names them; arguments by `FILE`. */
export type NamedFiles = Readonly<Record<string, string | readonly string[] | undefined>>;

/** @throws {UsageError} where several inputs are `-`. */
export function checkInputs(files: NamedFiles): void {
  checkDashes(files, 'stdin');
}

/** @throws {UsageError} where several outputs are `-`. */
export function checkOutputs(files: NamedFiles): void {
  checkDashes(files, 'stdout');
}

function checkDashes(files: NamedFiles, stream: 'stdin' | 'stdout'): void {
  const flags = Object.entries(files).flatMap(([flag, value]) =>
    (value === undefined ? [] : [value].flat()).flatMap((file) => (file === '-' ? [flag] : [])),
  );
  if (flags.length <= 1) return;
  const names = [...new Set(flags)];
  throw new UsageError(
    names.length === 1 ? `"-" (${stream}) given twice` : `only one of ${names.join(' and ')} can be "-" (${stream})`,
  );
}

const STDOUT: ReadonlySet<string> = new Set(['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']);

/** Under its other names stdout would hold the report between the rows. */
export function nameStdout<F extends string | undefined>(file: F): F | '-' {
  return file !== undefined && STDOUT.has(file) ? '-' : file;
}

/** Prints text in addition to an output: on stderr if the output goes to stdout. */
export function printerBeside(terminal: Terminal, outputs: readonly (string | undefined)[]): Terminal {
  return outputs.includes('-') ? { ...terminal, stdout: terminal.stderr } : terminal;
}

/** @throws {OutputProblem} where the file cannot be written; the signal's reason after an abort. */
export async function openOutputFlag(terminal: Terminal, file: string, signal: AbortSignal): Promise<Output> {
  return file === '-' ? streamOutput(dataStream(terminal), signal) : await openOutput(file, signal);
}
