/** Closed: what a program may decide on. Messages may change in any release. */
export type InputProblemCode =
  | 'already-merged'
  | 'ambiguous-field'
  | 'ambiguous-source'
  | 'ambiguous-table'
  | 'changed'
  | 'compressed-twice'
  | 'cut-off'
  | 'damaged'
  | 'duplicate-column'
  | 'duplicate-id'
  | 'empty'
  | 'header-too-long'
  | 'invalid-firebase-config'
  | 'invalid-mix'
  | 'invalid-report'
  | 'invalid-row'
  | 'invalid-upgrade'
  | 'is-folder'
  | 'missing-column'
  | 'missing-shards'
  | 'nested-too-deep'
  | 'no-columns'
  | 'no-digest-field'
  | 'no-header'
  | 'no-id'
  | 'no-permission'
  | 'no-records'
  | 'no-rows'
  | 'no-table'
  | 'no-timing'
  | 'not-found'
  | 'not-json'
  | 'not-sharded'
  | 'not-sql'
  | 'not-text'
  | 'nothing-verifiable'
  | 'other-file-kind'
  | 'other-rules'
  | 'other-shard-count'
  | 'other-source'
  | 'other-table'
  | 'record-too-long'
  | 'same-export'
  | 'same-shard'
  | 'shard-and-whole'
  | 'too-large'
  | 'too-many-canaries'
  | 'too-much-blank'
  | 'unclosed-quote'
  | 'unreadable'
  | 'unused-firebase-config'
  | 'unused-pepper'
  | 'unused-table'
  | 'utf-32';

export interface InputProblemDetail {
  readonly file?: string | undefined;
  /** Physical line, from 1. */
  readonly line?: number | undefined;
  /** In bytes of the (decompressed) file. */
  readonly byteOffset?: number | undefined;
  readonly fix?: string | undefined;
  readonly cause?: unknown;
}

/** An export that cannot be read, or not to its end: what, where, what to do. Its rows so far still count. */
export class InputProblem extends Error {
  readonly code: InputProblemCode;
  readonly file?: string;
  readonly line?: number;
  readonly byteOffset?: number;
  readonly fix?: string;

  constructor(
    code: InputProblemCode,
    message: string,
    { file, line, byteOffset, fix, cause }: InputProblemDetail = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    if (file !== undefined) this.file = file;
    if (line !== undefined) this.line = line;
    if (byteOffset !== undefined) this.byteOffset = byteOffset;
    if (fix !== undefined) this.fix = fix;
  }

  override get name(): string {
    return 'InputProblem';
  }
}

/** The same problem with the name of its file. */
export function inFile(problem: InputProblem, file: string): InputProblem {
  const { code, message, line, byteOffset, fix, cause } = problem;
  return new InputProblem(code, message, { file, line, byteOffset, fix, cause });
}

/** Converts an error of node:fs. */
export function readProblem(error: unknown): InputProblem {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EISDIR')
    return new InputProblem('is-folder', 'this is a folder', { fix: 'name the files in it', cause: error });
  if (code === 'ENOENT') return new InputProblem('not-found', 'no such file', { fix: 'check the path', cause: error });
  if (code === 'EACCES' || code === 'EPERM') {
    return new InputProblem('no-permission', 'no permission to read the file', {
      fix: 'check its owner and mode',
      cause: error,
    });
  }
  return new InputProblem('unreadable', `the file cannot be read (${code ?? 'unknown error'})`, {
    fix: 'copy it to another disk, and read the copy',
    cause: error,
  });
}
