/** Candidates for the pepper of canaries: from a file or from the environment, never from an argument. */
import { readFile } from 'node:fs/promises';
import { UsageError } from './terminal.js';

const VARIABLE = 'DIGESTRY_CANARY_PEPPER';
/** Each is tried with every hasher whose canaries do not match. */
const MAX_PEPPERS = 20;

/** The lines of the file that are not empty, as they are; and the variable's value. */
export async function readPeppers(
  file: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const value = env[VARIABLE] ?? '';
  const lines = file === undefined ? [] : (await textOf(file)).replace(/^\ufeff/, '').split(/\r?\n/);
  const peppers = [...new Set([...lines, value].filter((pepper) => pepper !== ''))];
  if (peppers.length > MAX_PEPPERS) throw new UsageError(`--canary-pepper: give at most ${MAX_PEPPERS} candidates`);
  if (file !== undefined && peppers.length === 0) throw new UsageError('--canary-pepper: the file is empty');
  return peppers;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UsageError(`--canary-pepper: the file cannot be read (${code})`);
  }
}
