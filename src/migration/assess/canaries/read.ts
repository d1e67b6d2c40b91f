/** The file of known passwords: CSV with a header `id,password`. */
import type { Readable } from 'node:stream';
import { InputProblem, inFile } from '../../../files/input-problem.js';
import { openInput } from '../../input/open.js';
import { decodeText } from '../../input/text.js';
import { describeRowProblem } from '../../row-problem.js';
import { type Bind, readRows } from '../../rows/index.js';

/** Held in memory; and each costs a verification, some of them a second. */
export const MAX_CANARIES = 10_000;

/** Passwords by the id of their user. Secret: never shown. */
export type Canaries = ReadonlyMap<string, string>;

/**
 * Passwords are taken as they are: quotes of CSV are undone, nothing is trimmed.
 * @throws {InputProblem} where the file cannot be read, or one of its rows; the signal's reason after an abort.
 */
export async function readCanaries(file: string, stdin: Readable, signal?: AbortSignal): Promise<Canaries> {
  try {
    const opened = await openInput(file, stdin, signal);
    try {
      return await readPasswords(opened.chunks);
    } finally {
      opened.close();
    }
  } catch (error) {
    throw error instanceof InputProblem ? inFile(error, file) : error;
  }
}

async function readPasswords(chunks: AsyncIterable<Buffer>): Promise<Canaries> {
  const canaries = new Map<string, string>();
  for await (const { rows } of readRows('csv', decodeText(chunks), bind)) {
    for (const { line, id, passwordDigest: password, problem } of rows) {
      if (problem !== undefined) {
        const message = describeRowProblem(problem);
        throw new InputProblem('invalid-row', message, { line, fix: 'put passwords that contain a comma in quotes' });
      }
      if (id === '') throw new InputProblem('no-id', 'the row has no id', { line, fix: 'write id,password' });
      if (canaries.has(id)) {
        throw new InputProblem('duplicate-id', 'duplicate id', {
          line,
          fix: 'give one password for each id',
        });
      }
      if (canaries.size === MAX_CANARIES) {
        throw new InputProblem('too-many-canaries', `more than ${MAX_CANARIES} known passwords`, {
          line,
          fix: 'keep a few for each hasher',
        });
      }
      canaries.set(id, password ?? '');
    }
  }
  if (canaries.size === 0)
    throw new InputProblem('no-rows', 'the file has no rows', { fix: 'add rows of id,password' });
  return canaries;
}

const bind: Bind = (columns) => {
  for (const name of ['id', 'password']) {
    if (columns.filter((column) => column === name).length === 1) continue;
    throw new InputProblem('missing-column', `the header has no single column "${name}"`, {
      fix: 'write id,password in the first line',
    });
  }
  return {
    source: 'canaries',
    digestFields: ['password'],
    extract: (field) => ({ id: field('id') ?? '', passwordHasher: undefined, passwordDigest: field('password') }),
  };
};
