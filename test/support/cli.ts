/** The built command, as users start it. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url));
export const BIN: string = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeArgs?: readonly string[];
  /** Its input does not end. */
  readonly endless?: boolean;
}

/** Ends when the command does. Nothing of this process's environment that changes colours goes along. */
export function digestry(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  const { nodeArgs = [] } = surroundings;
  return ran(process.execPath, [...nodeArgs, BIN, ...args], surroundings);
}

/** The code of the first problem on stderr; undefined where it has none. */
export function codeIn(stderr: string): string | undefined {
  return /^digestry: ([A-Z][A-Z_]+|[a-z][a-z-]+)(?=, | in |: )/m.exec(stderr)?.[1];
}

/** A line of sh, with the command as `digestry`. */
export function shell(line: string, surroundings: Surroundings = {}): Promise<Ended> {
  const script = `digestry() { "${process.execPath}" "${BIN}" "$@"; }\n${line}`;
  return ran('bash', ['-c', script], surroundings);
}

function ran(file: string, args: readonly string[], { input = '', env, endless }: Surroundings): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
    const child = spawn(file, args, { cwd: ROOT, env: { ...inherited, ...env } });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.stdin.on('error', () => {
      // It may end without having read all of its input.
    });
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
    if (endless) child.stdin.write(input);
    else child.stdin.end(input);
  });
}

/** What `close` says of a command that a signal ended: in order, or by the signal itself where order took too long. */
export function endsBy(signal: 'SIGHUP' | 'SIGINT' | 'SIGTERM'): readonly (readonly [number | null, string | null])[] {
  const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
  return [
    [codes[signal], null],
    [null, signal],
  ];
}
