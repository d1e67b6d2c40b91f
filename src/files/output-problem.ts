/** A file that cannot be written: what, which, what to do. Nothing of it is left. */
export class OutputProblem extends Error {
  readonly file: string;
  readonly fix: string;

  constructor(file: string, message: string, fix: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.file = file;
    this.fix = fix;
  }

  override get name(): string {
    return 'OutputProblem';
  }
}

export function writeProblem(file: string, error: unknown): OutputProblem {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  const [message, fix] = REASONS[code] ?? [`the file cannot be written (${code})`, 'name another file'];
  return new OutputProblem(file, message, fix, error);
}

const NO_ROOM = ['not enough space for the file', 'free some space, or name a file on another disk'] as const;
const NOT_ALLOWED = [
  'no permission to write in the folder of the file',
  'name a file in a folder that you may write to',
] as const;

const REASONS: Readonly<Record<string, readonly [message: string, fix: string]>> = {
  ENOSPC: NO_ROOM,
  EDQUOT: NO_ROOM,
  EFBIG: NO_ROOM,
  EACCES: NOT_ALLOWED,
  EPERM: NOT_ALLOWED,
  EROFS: ['the folder is on a read-only disk', 'name a file on another disk'],
  ENOENT: ['no such folder', 'check the path, or create the folder'],
  ENOTDIR: ['part of the path is not a folder', 'check the path'],
  EISDIR: ['this is a folder', 'name a file in it'],
  ENAMETOOLONG: ['the name is too long', 'choose a shorter name'],
  ELOOP: ['the symbolic links form a loop', 'name the file itself'],
  EPIPE: ['the reader closed the pipe', 'let it read to the end'],
};
