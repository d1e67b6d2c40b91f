/** Programs that listen: started on a free port, asked, and ended. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const STARTS_WITHIN_MS = 60_000;
const ANSWERS_WITHIN_MS = 120_000;

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts the program, and ends it and all that it started when `use` is done.
 * @param start of the command's arguments for a port.
 * @param use what asks it: `get(path)` is its answer as JSON.
 */
export async function withServer(command, start, { cwd }, use) {
  const port = await freePort();
  const child = spawn(command, start(port), {
    cwd,
    env: { ...process.env, NO_COLOR: '1', CI: 'true', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const url = `http://127.0.0.1:${port}`;
  try {
    await listening(child, url, () => output);
    return await use({
      url,
      output: () => output,
      async get(path, options) {
        const answer = await fetch(url + path, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS), ...options });
        const text = await answer.text();
        if (!answer.ok)
          throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 2000)}\n${output.slice(-3000)}`);
        return JSON.parse(text);
      },
    });
  } finally {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {}
  }
}

async function listening(child, url, output) {
  for (const since = Date.now(); Date.now() - since < STARTS_WITHIN_MS; ) {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}:\n${output().slice(-3000)}`);
    try {
      await fetch(url, { signal: AbortSignal.timeout(STARTS_WITHIN_MS) });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`does not listen:\n${output().slice(-3000)}`);
}
