/** Next.js 15 (webpack) and 16 (Turbopack), as they come: a route on Node and one on the edge runtime, built and started. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export const name = 'next';
export const needs = ['next15', 'next16', 'react', 'react-dom'];

const EXPECTED = {
  node: { entry: 'node', threads: true, lanes: true },
  edge: { entry: 'portable' },
};

/** Next asks for itself by its name, so its folder has to have that name: a copy by hard links. */
function place(context, version, folder) {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  const from = join(context.env, 'node_modules', `next${version}`);
  const { status, stderr } = spawnSync('cp', ['-al', from, join(folder, 'node_modules/next')]);
  if (status !== 0) throw new Error(`next cannot be copied: ${stderr}`);
}

function route(context, runtime) {
  return `import * as digestry from 'digestry';
export const runtime = '${runtime}';
export const dynamic = 'force-dynamic';
${context.probeSource}
export async function GET() {
  return Response.json(await probe(digestry, ${JSON.stringify(context.credentials)}));
}\n`;
}

async function runVersion(context, version) {
  const folder = context.project(`next-${version}`, {
    'package.json': '{ "private": true }',
    'app/node/route.js': route(context, 'nodejs'),
    'app/edge/route.js': route(context, 'edge'),
  });
  place(context, version, folder);
  const next = join(folder, 'node_modules/next/dist/bin/next');
  await context.run(process.execPath, [next, 'build', folder], { cwd: folder, timeoutMs: 300_000 });
  const outputs = ['.next/server/app/node', '.next/server/chunks', '.next/server'].map((path) => join(folder, path));
  const strangers = outputs.filter((path) => existsSync(path)).map((path) => context.strangers(path));
  const [{ cwd }] = strangers;
  const rows = [];
  const args = (port) => [next, 'start', folder, '--port', String(port)];
  await context.serve(process.execPath, args, { cwd }, async (origin, printed) => {
    for (const [kind, expected] of Object.entries(EXPECTED)) {
      const title = `Next ${version}, ${kind} route`;
      try {
        const answer = await fetch(`${origin}/${kind}`, { signal: AbortSignal.timeout(120_000) });
        if (!answer.ok) throw new Error(`answered ${answer.status}: ${printed().slice(-2000)}`);
        const caught = strangers.map((one) => one.caught()).join('');
        rows.push({ name: title, ...context.judge(await answer.json(), expected, { caught }) });
      } catch (error) {
        rows.push({ name: title, state: 'FAILED', note: error.message.slice(0, 2000) });
      }
    }
  });
  return rows;
}

export async function run(context) {
  const rows = [];
  for (const version of [15, 16]) {
    const found = await runVersion(context, version).catch((error) => [
      { name: `Next ${version}`, state: 'FAILED', note: error.message.slice(0, 3000) },
    ]);
    rows.push(...found);
  }
  return rows;
}
