/**
 * Bundlers without any configuration, each with digestry and all else in one folder, which has foreign scripts with the
 * names of worker files; run from a working directory with foreign packages.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const name = 'bundlers';
export const needs = ['esbuild', 'webpack', 'rollup', 'rolldown', 'vite', 'tsup', '@vercel/ncc'];

/** Runs one script of Node in a project: the bundlers that have an API. */
function script(context, folder, code) {
  writeFileSync(join(folder, 'build.mjs'), code);
  return context.run(process.execPath, [join(folder, 'build.mjs')], { cwd: folder });
}

/** By name: builds `folder/app.mjs` (or `app.cjs`) into `out`, and says which file to run. */
const BUNDLERS = {
  'esbuild esm': (context, folder, out) =>
    context
      .run(
        process.execPath,
        [
          context.bin('esbuild/bin/esbuild'),
          ...['app.mjs', '--bundle', '--platform=node', '--format=esm', `--outfile=${join(out, 'app.mjs')}`],
        ],
        { cwd: folder },
      )
      .then(() => 'app.mjs'),
  'esbuild cjs': (context, folder, out) =>
    context
      .run(
        process.execPath,
        [
          context.bin('esbuild/bin/esbuild'),
          ...['app.mjs', '--bundle', '--platform=node', '--format=cjs', `--outfile=${join(out, 'app.cjs')}`],
        ],
        { cwd: folder },
      )
      .then(() => 'app.cjs'),
  'esbuild minified, from require()': (context, folder, out) =>
    context
      .run(
        process.execPath,
        [
          context.bin('esbuild/bin/esbuild'),
          ...[
            'app.cjs',
            '--bundle',
            '--minify',
            '--platform=node',
            '--target=node20',
            `--outfile=${join(out, 'app.js')}`,
          ],
        ],
        { cwd: folder },
      )
      .then(() => 'app.js'),
  webpack: (context, folder, out) =>
    script(
      context,
      folder,
      `import webpack from 'webpack';
const compiler = webpack({ mode: 'production', target: 'node', entry: './app.mjs', context: ${JSON.stringify(folder)},
  output: { path: ${JSON.stringify(out)}, filename: 'app.js' } });
compiler.run((error, stats) => {
  if (error) throw error;
  console.log(stats.toString({ all: false, errors: true, warnings: true }));
  if (stats.hasErrors() || stats.hasWarnings()) process.exitCode = 1;
});`,
    ).then(() => 'app.js'),
  'rollup esm': (context, folder, out) => rollup(context, folder, out, 'es', 'app.mjs'),
  'rollup cjs': (context, folder, out) => rollup(context, folder, out, 'cjs', 'app.cjs'),
  'rolldown esm': (context, folder, out) => rolldown(context, folder, out, 'esm', 'app.mjs'),
  'rolldown cjs': (context, folder, out) => rolldown(context, folder, out, 'cjs', 'app.cjs'),
  'vite ssr': (context, folder, out) =>
    script(
      context,
      folder,
      `import { build } from 'vite';
await build({ configFile: false, logLevel: 'warn', root: ${JSON.stringify(folder)}, ssr: { noExternal: true },
  build: { ssr: 'app.mjs', outDir: ${JSON.stringify(out)}, emptyOutDir: false } });`,
    ).then(() => 'app.mjs'),
  'tsup esm': (context, folder, out) => tsup(context, folder, out, 'esm', 'app.mjs'),
  'tsup cjs': (context, folder, out) => tsup(context, folder, out, 'cjs', 'app.js'),
  'bun build': (context, folder, out) =>
    context
      .run(bunIn(context), ['build', 'app.mjs', '--target=node', `--outfile=${join(out, 'app.mjs')}`], { cwd: folder })
      .then(() => 'app.mjs'),
  parcel: (context, folder, out) =>
    context
      .run(
        process.execPath,
        [context.bin('parcel/lib/bin.js'), 'build', 'app.cjs', '--no-cache', '--no-source-maps', '--dist-dir', out],
        { cwd: folder },
      )
      .then(() => 'app.js'),
  ncc: (context, folder, out) =>
    context
      .run(process.execPath, [context.bin('@vercel/ncc/dist/ncc/cli.js'), 'build', 'app.cjs', '-o', out], {
        cwd: folder,
      })
      .then(() => 'index.cjs'),
};

/** The binary that npm brings; its package would link it in an install script. */
function bunIn(context) {
  const names = ['linux-x64', 'linux-x64-baseline', 'linux-aarch64', 'darwin-aarch64', 'darwin-x64'];
  const found = names.map((one) => context.bin(`@oven/bun-${one}/bin/bun`)).find((path) => existsSync(path));
  if (found === undefined) throw new Error('bun has no binary for this machine');
  return found;
}

function rollup(context, folder, out, format, file) {
  return script(
    context,
    folder,
    `import { rollup } from 'rollup';
import resolve from '@rollup/plugin-node-resolve';
import commonjs from '@rollup/plugin-commonjs';
const bundle = await rollup({ input: 'app.mjs', plugins: [resolve({ preferBuiltins: true }), commonjs()],
  onwarn(warning) { throw new Error(warning.message); } });
await bundle.write({ format: '${format}', file: ${JSON.stringify(join(out, file))} });`,
  ).then(() => file);
}

function rolldown(context, folder, out, format, file) {
  return script(
    context,
    folder,
    `import { rolldown } from 'rolldown';
const bundle = await rolldown({ input: 'app.mjs', platform: 'node' });
await bundle.write({ format: '${format}', file: ${JSON.stringify(join(out, file))} });`,
  ).then(() => file);
}

function tsup(context, folder, out, format, file) {
  // Its flag for "all packages" exists only in the API and in a configuration file.
  return script(
    context,
    folder,
    `import { build } from 'tsup';
await build({ entry: ['app.mjs'], format: '${format}', config: false, noExternal: [/.*/], silent: true, platform: 'node',
  outDir: ${JSON.stringify(out)} });`,
  ).then(() => file);
}

export async function run(context) {
  const rows = [];
  for (const [title, build] of Object.entries(BUNDLERS)) {
    const since = Date.now();
    const slug = title.replaceAll(/\W+/g, '-');
    const folder = context.project(`bundle-${slug}`, {
      'app.mjs': context.program('esm'),
      'app.cjs': context.program('cjs'),
      // What Parcel and others take from a manifest: that the program is for Node, and holds its packages.
      'package.json': JSON.stringify({
        private: true,
        engines: { node: '>= 20' },
        targets: { default: { context: 'node', includeNodeModules: true } },
      }),
    });
    try {
      const out = context.elsewhere(`bundle-${slug}`);
      const file = await build(context, folder, out);
      const { cwd, caught } = context.strangers(out);
      const done = await context.run(process.execPath, [join(out, file)], { cwd });
      // These two write the place of the package on the machine that builds into the bundle, and it is found there.
      const native = ['bun build', 'parcel'].includes(title) ? undefined : false;
      const expected = { entry: 'node', threads: true, native, lanes: true };
      const row = context.judge(context.reportIn(done), expected, { ...done, caught: caught() });
      rows.push({ name: title, ...row, seconds: (Date.now() - since) / 1000 });
    } catch (error) {
      rows.push({
        name: title,
        state: 'FAILED',
        note: error.message.slice(0, 1500),
        seconds: (Date.now() - since) / 1000,
      });
    }
  }
  return rows;
}
