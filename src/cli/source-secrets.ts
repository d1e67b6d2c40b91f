/** Parameters that a source needs in addition to its export. Secrets, so they come in files or the environment, never as arguments. */
import { readTextFile } from '../files/text-file.js';
import { type FirebaseHashConfig, parseFirebaseConfig } from '../migration/index.js';
import { type SecretInputs, sourcePepper } from './peppers.js';
import { inFlag } from './problem.js';

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
  inputs: SecretInputs,
  signal: AbortSignal,
): Promise<SourceSecrets> {
  const pepper = await sourcePepper(source, pepperFile, inputs, signal);
  return {
    ...(firebaseConfig !== undefined && { firebase: await readFirebaseConfig(firebaseConfig, inputs, signal) }),
    ...(pepper !== undefined && { pepper }),
  };
}

/** The console's text has some hundred bytes. */
const MAX_BYTES = 1024 * 1024;

async function readFirebaseConfig(
  file: string,
  { stdin }: SecretInputs,
  signal: AbortSignal,
): Promise<FirebaseHashConfig> {
  try {
    return parseFirebaseConfig(await readTextFile(file, { maxBytes: MAX_BYTES, signal, stdin }));
  } catch (error) {
    throw inFlag('--firebase-config', error);
  }
}
