/** An export that cannot be read, or not to its end: what, where, what to do. Its rows so far still count. */

export interface InputProblemDetail {
  readonly file?: string | undefined;
  /** Physical line, from 1. */
  readonly line?: number | undefined;
  /** In bytes of the (decompressed) file. */
  readonly byteOffset?: number | undefined;
  readonly fix?: string | undefined;
  readonly cause?: unknown;
}

export class InputProblem extends Error {
  readonly file?: string;
  readonly line?: number;
  readonly byteOffset?: number;
  readonly fix?: string;

  constructor(message: string, { file, line, byteOffset, fix, cause }: InputProblemDetail = {}) {
    super(message, cause === undefined ? undefined : { cause });
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
  const { message, line, byteOffset, fix, cause } = problem;
  return new InputProblem(message, { file, line, byteOffset, fix, cause });
}

/** Converts an error of node:fs. */
export function readProblem(error: unknown): InputProblem {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EISDIR') return new InputProblem('this is a folder', { fix: 'name the files in it', cause: error });
  if (code === 'ENOENT') return new InputProblem('no such file', { fix: 'check the path', cause: error });
  if (code === 'EACCES' || code === 'EPERM') {
    return new InputProblem('no permission to read the file', { fix: 'check its owner and mode', cause: error });
  }
  return new InputProblem(`the file cannot be read (${code ?? 'unknown error'})`, { cause: error });
}
