/** Closed: what a program may decide on. Messages may change in any release. */
export type OutputProblemCode =
  | 'is-folder'
  | 'is-input'
  | 'link-loop'
  | 'name-too-long'
  | 'no-folder'
  | 'no-permission'
  | 'no-space'
  | 'not-a-folder'
  | 'pipe-closed'
  | 'read-only'
  | 'same-output'
  | 'unwritable';

/** A file that cannot be written: what, which, what to do. Nothing of it is left. */
export class OutputProblem extends Error {
  readonly code: OutputProblemCode;
  readonly file: string;
  readonly fix: string;

  constructor(code: OutputProblemCode, file: string, message: string, fix: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.file = file;
    this.fix = fix;
  }

  override get name(): string {
    return 'OutputProblem';
  }
}

/** Converts an error of node:fs. */
export function writeProblem(file: string, error: unknown): OutputProblem {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  const [own, message, fix] = REASONS[code] ?? [
    'unwritable',
    `the file cannot be written (${code})`,
    'name another file',
  ];
  return new OutputProblem(own, file, message, fix, error);
}

type Reason = readonly [code: OutputProblemCode, message: string, fix: string];

const NO_SPACE: Reason = [
  'no-space',
  'not enough space for the file',
  'free some space, or name a file on another disk',
];
const NO_PERMISSION: Reason = [
  'no-permission',
  'no permission to write in the folder of the file',
  'name a file in a folder that you may write to',
];

/** By the code of Node. */
const REASONS: Readonly<Record<string, Reason>> = {
  ENOSPC: NO_SPACE,
  EDQUOT: NO_SPACE,
  EFBIG: NO_SPACE,
  EACCES: NO_PERMISSION,
  EPERM: NO_PERMISSION,
  EROFS: ['read-only', 'the folder is on a read-only disk', 'name a file on another disk'],
  ENOENT: ['no-folder', 'no such folder', 'check the path, or create the folder'],
  ENOTDIR: ['not-a-folder', 'part of the path is not a folder', 'check the path'],
  EISDIR: ['is-folder', 'this is a folder', 'name a file in it'],
  ENAMETOOLONG: ['name-too-long', 'the name is too long', 'choose a shorter name'],
  ELOOP: ['link-loop', 'the symbolic links form a loop', 'name the file itself'],
  EPIPE: ['pipe-closed', 'the reader closed the pipe', 'let it read to the end'],
};
