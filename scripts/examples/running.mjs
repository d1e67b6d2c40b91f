/** Starts an example as its README says, in a group of processes of its own, and ends all of it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const START_MS = 60_000;

/** Ours, without the variables of the npm that started this script: other calls of npm would read them. */
export const ENVIRONMENT = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))),
  NEXT_TELEMETRY_DISABLED: '1',
  NO_COLOR: '1',
};

/** Groups of processes that run: an interrupted run leaves none. */
const groups = new Set();

function end(group) {
  groups.delete(group);
  try {
    process.kill(-group, 'SIGKILL'); // npm, its shell and the program
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

process.on('exit', () => [...groups].forEach(end));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

/** @returns {Promise<import('./requests.mjs').App>} */
export async function startApp({ command = ['npm', 'start'], env = () => ({}), prepare }, home) {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const cwd = prepare === undefined ? home : prepare(home);
  const [file, ...args] = command;
  const child = spawn(file, args, {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...ENVIRONMENT, ...env(base), PORT: String(port) },
  });
  groups.add(child.pid);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  const ended = once(child, 'close');
  const app = {
    base,
    cwd,
    output: () => output,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    async stop() {
      end(child.pid);
      await ended;
    },
  };
  for (const until = Date.now() + START_MS; !(await accepts(port)); await sleep(100)) {
    if (app.isRunning() && Date.now() < until) continue;
    await app.stop();
    throw new Error(`${command.join(' ')} did not listen on its port:\n${output}`);
  }
  return app;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
