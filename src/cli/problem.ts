/** How every command reports a problem: `digestry: <problem>`, then what to do about it. */
import { sanitizeForDisplay } from '../encoding/display.js';
import { DigestError, nameHasher } from '../errors.js';
import { InputProblem } from '../files/input-problem.js';
import { formatCount } from '../present/quantity.js';
import { wrapped } from '../present/table.js';
import { WIDTH } from '../present/terminal-style.js';
import { type Terminal, talk } from './terminal.js';

/** Errors of digests, files and usage are problems as they are. */
export interface Problem {
  readonly message: string;
  readonly fix?: string | undefined;
  readonly hint?: string | undefined;
  /** Of a digest or a file. */
  readonly code?: string | undefined;
  readonly hasher?: string | undefined;
  readonly field?: string | undefined;
  readonly offset?: number | undefined;
  /** Its number, where there are several. */
  readonly digest?: number | undefined;
  /** Of a file; `-` for stdin. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly byteOffset?: number | undefined;
}

/** A mistake in the arguments: exit code 2. */
export class UsageError extends Error {
  /** Without it, the help of the command. */
  readonly fix: string | undefined;
  /** Where the value of a flag is what is wrong. */
  readonly code: string | undefined;
  readonly field: string | undefined;

  constructor(message: string, fix?: string, { code, field }: Pick<Problem, 'code' | 'field'> = {}) {
    super(message);
    this.fix = fix;
    this.code = code;
    this.field = field;
  }
}

/** An error in the value of a flag, from a reader that does not know the flag. */
export function inFlag(flag: string, error: unknown): unknown {
  if (error instanceof InputProblem) {
    const { message, fix, code } = error;
    return new UsageError(message, fix, { code, field: flag });
  }
  if (!(error instanceof DigestError)) return error;
  // Its offset is one in a digest that was made of the flag.
  const { code, message, hasher, limit, fix, suggestion, hint } = error;
  return new DigestError(code, message, { hasher, field: flag, limit, fix, suggestion, hint });
}

export function tellProblem(terminal: Pick<Terminal, 'stderr'>, problem: Problem): void {
  const place = formatPlace(problem);
  const text = `digestry: ${place === '' ? '' : `${place}: `}${nameHasher(problem)}`;
  talk(terminal, ...wrapped(text, WIDTH, ''), ...adviceLines(problem, WIDTH));
}

/** A digest that is rejected is a result: the lines are printed on stdout. */
export function rejectedLines(error: DigestError, width: number): string[] {
  const where = inField(error);
  const head = `rejected  ${error.code}${where === '' ? '' : `  ${where}`}`;
  return [head, ...wrapped(nameHasher(error), width, '  '), ...adviceLines(error, width)];
}

export function adviceLines({ fix, hint }: Pick<Problem, 'fix' | 'hint'>, width: number): string[] {
  const advice = (name: string, text: string | undefined) =>
    text === undefined ? [] : wrapped(`${name}: ${text}`, width, '  ');
  return [...advice('fix', fix), ...advice('hint', hint)];
}

function formatPlace(problem: Problem): string {
  const { code, digest, file, line, byteOffset } = problem;
  const where =
    inField(problem) || (file === undefined ? '' : `in ${file === '-' ? 'stdin' : sanitizeForDisplay(file, 200)}`);
  const place = [
    digest === undefined ? undefined : `digest ${digest}`,
    code === undefined ? where.replace(/^in /, '') || undefined : [code, where].filter((part) => part !== '').join(' '),
    line === undefined ? undefined : `line ${formatCount(line)}`,
    byteOffset === undefined ? undefined : `byte ${formatCount(byteOffset)}`,
  ];
  return place.filter((part) => part !== undefined).join(', ');
}

function inField({ field, offset }: Problem): string {
  return field === undefined ? '' : `in ${field}${offset === undefined ? '' : `, offset ${offset}`}`;
}

/** The message of an unexpected error stays out: it may quote a digest or a password. Its class and place do not. */
export function bugProblem(error: unknown, version: string): Problem {
  const name = error instanceof Error && /^\w+$/.test(error.name) ? error.name : 'error';
  const at = error instanceof Error ? /\n {4}at .*?\/(dist\/[\w./-]+:\d+:\d+)/.exec(error.stack ?? '')?.[1] : undefined;
  const place = at === undefined ? '' : ` at ${at}`;
  return {
    message: `unexpected ${name}${place} (digestry ${version}, node ${process.version})`,
    fix: 'report this message: it is a bug in digestry, not in your data',
  };
}
