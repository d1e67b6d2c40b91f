/** The exports of test/fixtures: their rows as the sources give them, and their reports. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { identify, verify } from '../../src/index.js';
import { type CheckOptions, type CheckReport, check, parseFirebaseConfig } from '../../src/migration/index.js';
import { bindSource, findOrigin } from '../../src/migration/input/origin.js';
import type { Row } from '../../src/migration/row.js';
import { readRows } from '../../src/migration/rows/index.js';
import type { SourceOptions } from '../../src/migration/sources/contract.js';
import { sourceNamed } from '../../src/migration/sources/index.js';
import { isDisabledMarker } from '../../src/recognize/disabled.js';

/** Of every digest of the fixtures that can be verified. */
export const PASSWORD = 'correct horse battery staple';

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/exports/${name}`, import.meta.url));
}

export const textOf = (name: string): Promise<string> => readFile(fixture(name), 'utf8');

export async function firebaseOptions(): Promise<SourceOptions> {
  return { firebase: parseFirebaseConfig(await textOf('firebase-hash-config.txt')) };
}

export async function rowsOf(text: string, options: SourceOptions = {}, source?: string): Promise<Row[]> {
  const fixed = source === undefined ? undefined : sourceNamed(source);
  const { format, source: found, saltField } = await findOrigin(text, fixed, options);
  const bind = bindSource(found, { ...options, saltField });
  async function* once(): AsyncGenerator<string> {
    yield text;
  }
  const rows: Row[] = [];
  for await (const batch of readRows(format, once(), bind)) rows.push(...batch.rows);
  return rows;
}

export function reportOf(name: string, options: CheckOptions = {}): Promise<CheckReport> {
  return check([fixture(name)], options);
}

/** Line, id, hasher, and what the row is: whether the password verifies, why there is no digest, or that there is none. */
export type Told = readonly [line: number, id: string, hasher: string | undefined, what: string];

export async function told(row: Row): Promise<Told> {
  const { line, id, passwordHasher, passwordDigest, error, problem } = row;
  if (problem !== undefined) return [line, id, undefined, 'unreadable'];
  if (error !== undefined) return [line, id, error.hasher, error.code];
  if (passwordDigest === undefined || passwordDigest === '') return [line, id, passwordHasher, 'no password'];
  if (isDisabledMarker(passwordDigest)) return [line, id, passwordHasher, 'marked'];
  const hasher = passwordHasher ?? certainHasher(passwordDigest);
  if (hasher === undefined) return [line, id, undefined, 'not told'];
  const verdict = await verify(PASSWORD, { passwordHasher: hasher, passwordDigest });
  return [line, id, hasher, verdict.outcome === 'rejected' ? verdict.error.code : verdict.outcome];
}

function certainHasher(digest: string): string | undefined {
  const [best] = identify(digest);
  return best?.certainty === 'certain' && best.convertible === undefined ? best.hasher : undefined;
}
