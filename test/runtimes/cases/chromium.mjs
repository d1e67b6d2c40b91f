/** Chromium: a page and a Web Worker, with and without a policy that refuses to compile WebAssembly. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { openChromium } from '../chromium.mjs';
import { abortEach, verifyExamples } from '../examples.mjs';

export const name = 'chromium';
export const needs = ['esbuild'];

const STRICT = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'";
const TYPES = { '/': 'text/html', '/app.js': 'text/javascript', '/worker.js': 'text/javascript' };

const source = (context) => `import * as digestry from 'digestry';
${context.probeSource}
${verifyExamples}
${abortEach}
async function examine(backend) {
  const report = await probe(digestry, ${JSON.stringify(context.credentials)});
  report.faults.push(...await verifyExamples(digestry));
  const aborts = await abortEach(digestry, backend, (ms) => AbortSignal.timeout(ms));
  return { ...report, aborts };
}
`;
const PAGE = `globalThis.examine = examine;
globalThis.frames = { longest: 0 };
let last = performance.now();
const frame = (now) => {
  frames.longest = Math.max(frames.longest, now - last);
  last = now;
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
`;
const WORKER = 'examine().then((report) => postMessage(report), (error) => postMessage({ failed: String(error) }));\n';

const VARIANTS = [
  { title: 'Chromium', lanes: true },
  { title: 'Chromium, strict CSP', policy: STRICT, lanes: false },
  { title: 'Chromium, strict CSP, no WebCrypto', policy: STRICT, lanes: false, backend: 'portable' },
  { title: 'Chromium, Web Worker', lanes: true, worker: true },
];

export async function run(context) {
  const folder = context.project('chromium', {
    'page.js': source(context) + PAGE,
    'thread.js': source(context) + WORKER,
  });
  for (const [from, to] of [
    ['page.js', 'app.js'],
    ['thread.js', 'worker.js'],
  ]) {
    await context.run(
      process.execPath,
      [context.bin('esbuild/bin/esbuild'), from, '--bundle', '--format=iife', `--outfile=out/${to}`],
      { cwd: folder },
    );
  }
  const browser = await openChromium();
  const rows = [];
  try {
    for (const variant of VARIANTS) rows.push(await runVariant(context, browser, join(folder, 'out'), variant));
  } finally {
    await browser.close();
  }
  return rows;
}

async function runVariant(context, browser, folder, { title, policy, lanes, backend, worker = false }) {
  const server = await serve(folder, policy);
  const page = await browser.newPage();
  const refused = [];
  page.on('pageerror', (error) => refused.push(String(error)));
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const report = worker
      ? await page.evaluate(
          () =>
            new Promise((resolve) => {
              new Worker('/worker.js').onmessage = ({ data }) => resolve(data);
            }),
        )
      : await page.evaluate((one) => globalThis.examine(one), backend);
    if (report.failed !== undefined) throw new Error(report.failed);
    for (const [kdf, [code]] of Object.entries(report.aborts)) {
      if (code !== 'ERR_ABORTED' && !(kdf === 'pbkdf2' && code === 'mismatch')) {
        report.faults.push(`${kdf}, aborted: ${code}`);
      }
    }
    report.faults.push(...refused);
    const { longest } = worker ? {} : await page.evaluate(() => globalThis.frames);
    const row = context.judge(report, { entry: 'portable', threads: false, native: false, lanes });
    return { name: title, ...row, note: longest && `longest frame ${Math.round(longest)} ms` };
  } finally {
    await page.close();
    server.close();
  }
}

function serve(folder, policy) {
  const server = createServer(({ url }, answer) => {
    const type = TYPES[url];
    if (type === undefined) return answer.writeHead(404).end();
    const headers = { 'content-type': type, ...(policy && { 'content-security-policy': policy }) };
    const body = url === '/' ? '<!doctype html><script src="/app.js"></script>' : readFileSync(join(folder, url));
    return answer.writeHead(200, headers).end(body);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
