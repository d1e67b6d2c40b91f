/** What a source needs to know beside its export. Secrets, so they come in files or the environment, never as arguments. */
import { readFile } from 'node:fs/promises';
import { type FirebaseHashConfig, parseFirebaseConfig } from '../migration/index.js';
import { InputProblem } from '../migration/problem.js';
import { sourcePepper } from './peppers.js';
import { type Terminal, UsageError } from './terminal.js';

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
export async function sourceSecrets(
  { source, firebaseConfig, pepperFile }: SecretFlags,
  env: Terminal['env'],
): Promise<SourceSecrets> {
  const pepper = await sourcePepper(source, pepperFile, env);
  return {
    ...(firebaseConfig !== undefined && { firebase: await firebaseOf(firebaseConfig) }),
    ...(pepper !== undefined && { pepper }),
  };
}

async function firebaseOf(file: string): Promise<FirebaseHashConfig> {
  try {
    return parseFirebaseConfig(await textOf(file));
  } catch (error) {
    if (error instanceof InputProblem) throw new UsageError(`--firebase-config: ${error.message}; ${error.fix}`);
    throw error;
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--firebase-config: the file cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
