/** Peppers: from files of their own or from the environment, never from an argument. */
import { InputProblem, readProblem } from '../files/input-problem.js';
import { readWhole } from '../files/reading.js';
import { inFlag, UsageError } from './problem.js';
import type { Terminal } from './terminal.js';

/** Where secrets come from: `-` is stdin. */
export type SecretInputs = Pick<Terminal, 'stdin' | 'env'>;

const OF_SOURCE = 'DIGESTRY_PEPPER';
const OF_CANARIES = 'DIGESTRY_CANARY_PEPPER';
/** Each is tried with every hasher whose canaries do not match. */
const MAX_CANDIDATES = 20;
/** More than any pepper has. */
const MAX_BYTES = 1024 * 1024;
const NAME = { fix: 'name the file that holds the pepper' } as const;

/**
 * The pepper of a source, from the file or else from the environment.
 * @param source by its flag: a variable that is left over from another run concerns Devise alone.
 * @throws {UsageError}
 */
export async function sourcePepper(
  source: string,
  file: string | undefined,
  inputs: SecretInputs,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (file !== undefined) return await readPepper('--pepper-file', file, inputs, signal);
  return source === 'devise' ? inputs.env[OF_SOURCE] || undefined : undefined;
}

/**
 * Candidates for the pepper of canaries, one of each file, and the variable's value.
 * @throws {UsageError}
 */
export async function canaryPeppers(
  files: readonly string[],
  inputs: SecretInputs,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const peppers = await Promise.all(files.map((file) => readPepper('--canary-pepper', file, inputs, signal)));
  const all = [...new Set([...peppers, ...(inputs.env[OF_CANARIES] ? [inputs.env[OF_CANARIES]] : [])])];
  if (all.length > MAX_CANDIDATES) throw new UsageError(`--canary-pepper: give at most ${MAX_CANDIDATES} candidates`);
  return all;
}

/** All of the file but the line end that an editor adds: a pepper may have white space and line ends in it. */
export async function readPepper(
  flag: string,
  file: string,
  { stdin }: SecretInputs,
  signal: AbortSignal,
): Promise<string> {
  const bytes = await readWhole(file, { maxBytes: MAX_BYTES, signal, stdin }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw inFlag(flag, readProblem(error));
  });
  try {
    return parsePepper(bytes);
  } catch (error) {
    throw inFlag(flag, error);
  }
}

/** @param bytes undefined where there are more than the limit. @throws {InputProblem} */
function parsePepper(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) throw new InputProblem('too-large', 'file too large for a pepper (limit 1 MiB)', NAME);
  const pepper = decodePepper(bytes).replace(/\r?\n$/, '');
  if (pepper === '') throw new InputProblem('empty', 'the file is empty', NAME);
  return pepper;
}

/** Bytes that would become others as text, and those that an editor put in, would be another pepper. */
function decodePepper(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InputProblem('not-text', 'the file is not UTF-8 text', NAME);
  }
  if (text.startsWith('\ufeff'))
    throw new InputProblem('not-text', 'the file begins with a byte order mark', { fix: 'save it without one' });
  return text;
}
