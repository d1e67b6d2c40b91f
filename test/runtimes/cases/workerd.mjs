/** Cloudflare's runtime itself, bundled with esbuild: kernels from the imported file, requests that end in the middle. */
import { join } from 'node:path';
import { abortEach, verifyExamples } from '../examples.mjs';
import { withServer } from '../server.mjs';

export const name = 'workerd';
export const needs = ['workerd', 'esbuild'];

const config = (lanes) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "out/worker.js"),
${lanes ? '    (name = "kernels.wasm", wasm = embed "out/kernels.wasm"),' : ''}
  ],
  compatibilityDate = "2025-09-01",
);
`;
/** As it is on Cloudflare, where it goes on with input and output only. */
const FROZEN = 'performance.now = () => 1;\nDate.now = () => 1;\n';

const workerSource = (context, from, before) => `${before}import * as digestry from '${from}';
${context.probeSource}
${verifyExamples}
${abortEach}
const credentials = ${JSON.stringify(context.credentials)};
const long = { passwordHasher: 'pbkdf2_sha256_django', passwordDigest: 'pbkdf2_sha256$9000000$salt$${'A'.repeat(43)}=' };
export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === '/probe') return Response.json(await probe(digestry, credentials));
    if (pathname === '/examples') return Response.json(await verifyExamples(digestry));
    if (pathname === '/aborts') return Response.json(await abortEach(digestry, undefined, signalIn));
    if (pathname === '/long') return Response.json(await digestry.verify('x', long));
    return Response.json(digestry.defaultVerifier().stats());
  },
};
function signalIn(ms) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return controller.signal;
}
`;

const VARIANTS = [
  { title: 'workerd', from: 'digestry', before: '', lanes: true },
  { title: 'workerd, the clock stands still', from: 'digestry', before: "import './frozen.js';\n", lanes: true },
  { title: 'workerd, digestry/portable', from: 'digestry/portable', before: '', lanes: false },
];

export async function run(context) {
  const rows = [];
  for (const variant of VARIANTS) rows.push(await runVariant(context, variant));
  return rows;
}

async function runVariant(context, { title, from, before, lanes }) {
  const folder = context.project(title.replaceAll(/\W+/g, '-'), {
    'worker.js': workerSource(context, from, before),
    'frozen.js': FROZEN,
    'config.capnp': config(lanes),
  });
  await context.run(
    process.execPath,
    [
      context.bin('esbuild/bin/esbuild'),
      ...['worker.js', '--bundle', '--format=esm', '--conditions=workerd,worker,browser', '--outdir=out'],
      ...['--loader:.wasm=copy', '--asset-names=[name]', '--log-level=warning'],
    ],
    { cwd: folder },
  );
  const start = (port) => ['serve', 'config.capnp', `--socket-addr=http=127.0.0.1:${port}`];
  return withServer(join(context.env, 'node_modules/workerd/bin/workerd'), start, { cwd: folder }, async (server) => {
    const wrong = await server.get('/examples');
    const stopped = new AbortController();
    const long = server.get('/long', { signal: stopped.signal }).catch(() => 'stopped');
    await new Promise((resolve) => setTimeout(resolve, 100));
    // Its request, and with it its timers, ends in the middle of the work: other requests go on.
    stopped.abort();
    await long;
    const report = await server.get('/probe');
    for (const [kdf, [code]] of Object.entries(await server.get('/aborts'))) {
      if (code !== 'ERR_ABORTED') wrong.push(`${kdf}, aborted: ${code}`);
    }
    report.faults.push(...wrong);
    if (/digestry|hung|uncaught/i.test(server.output())) report.faults.push(server.output());
    return { name: title, ...context.judge(report, { entry: 'portable', threads: false, native: false, lanes }) };
  });
}
