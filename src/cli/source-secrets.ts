/** What a source needs to know beside its export. Secrets, so they come in files or the environment, never as arguments. */
import { readFile } from 'node:fs/promises';
import { type FirebaseHashConfig, parseFirebaseConfig } from '../migration/index.js';
import { InputProblem } from '../migration/problem.js';
import { UsageError } from './terminal.js';

export interface SecretFlags {
  readonly source: string;
  readonly firebaseConfig?: string;
  readonly pepperFile?: string;
}

export interface SourceSecrets {
  readonly firebase?: FirebaseHashConfig;
  readonly pepper?: string;
}

/** @throws {UsageError} where a file cannot be read or does not hold what it should. */
export async function sourceSecrets({ source, firebaseConfig, pepperFile }: SecretFlags): Promise<SourceSecrets> {
  const pepper = pepperFile === undefined ? ofEnvironment(source) : await pepperOf(pepperFile);
  return {
    ...(firebaseConfig !== undefined && { firebase: await firebaseOf(firebaseConfig) }),
    ...(pepper !== undefined && { pepper }),
  };
}

async function firebaseOf(file: string): Promise<FirebaseHashConfig> {
  try {
    return parseFirebaseConfig(await textOf(file, '--firebase-config'));
  } catch (error) {
    if (error instanceof InputProblem) throw new UsageError(`--firebase-config: ${error.message}; ${error.fix}`);
    throw error;
  }
}

/** Without the line end that an editor leaves behind it. */
async function pepperOf(file: string): Promise<string> {
  const pepper = (await textOf(file, '--pepper-file')).replace(/\r?\n$/, '');
  if (pepper === '') throw new UsageError('--pepper-file: the file is empty');
  return pepper;
}

/** A variable that is left over from something else concerns nobody but Devise. */
function ofEnvironment(source: string): string | undefined {
  return source === 'devise' ? process.env['DIGESTRY_PEPPER'] || undefined : undefined;
}

async function textOf(file: string, flag: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${flag}: the file cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
