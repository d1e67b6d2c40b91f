/** A password from a prompt or from stdin. */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { UsageError } from './problem.js';
import { prompt, type Terminal, talk } from './terminal.js';

/** Bytes of one password; longer input is not a password. */
const MAX_PASSWORD_BYTES = 64 * 1024;
const LF = 10;
const CR = 13;

/** A password: typed without echo at a terminal, else all bytes of stdin but for one line end. Never an argument. */
export async function readPassword(terminal: Terminal): Promise<string | Uint8Array> {
  return terminal.stdin.isTTY ? typedPassword(terminal) : pipedPassword(terminal.stdin);
}

async function pipedPassword(stdin: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_PASSWORD_BYTES) throw new UsageError('the password on stdin is longer than 64 KiB');
    chunks.push(chunk as Buffer);
  }
  const all = Buffer.concat(chunks);
  if (all.at(-1) !== LF) return all;
  return all.subarray(0, all.at(-2) === CR ? -2 : -1);
}

function typedPassword({ stdin, stderr }: Terminal): Promise<string> {
  return new Promise((resolve, reject) => {
    // readline would echo; an output that drops everything keeps what is typed unseen.
    const reader = createInterface({ input: stdin, terminal: true, output: silent(stderr), historySize: 0 });
    // Now that the terminal does not echo.
    prompt({ stderr }, 'Password: ');
    reader.once('line', (line) => {
      resolve(line);
      reader.close();
    });
    reader.once('SIGINT', () => reader.close());
    reader.once('close', () => {
      talk({ stderr }, '');
      // Without effect after a line.
      reject(new UsageError('no password was given'));
    });
  });
}

function silent(stream: Writable): Writable {
  return Object.create(stream, { write: { value: () => true }, end: { value: () => stream } }) as Writable;
}
