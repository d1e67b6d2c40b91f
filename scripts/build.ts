/**
 * Builds dist: ES modules and CommonJS of each entry point, bundled so that an import loads few files and needs no other
 * package; their declarations, by tsc; and the licences of what was bundled.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OutputOptions, type Plugin, rolldown } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';
import { reachableDeclarations } from './declarations.js';
import { thirdPartyLicences } from './licences.js';
import { withoutSaltSource } from './without-salt-source.js';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

const LIBRARY = {
  index: 'src/index.ts',
  portable: 'src/portable.ts',
  hashers: 'src/each-hasher.ts',
  migration: 'src/migration/index.ts',
};
/** Scripts of threads travel as text, in which the bundler sees no package. */
const THREADS = { engine: 'src/engine/worker.ts', migration: 'src/migration/threads/worker.ts' };

const EXTERNAL = [/^node:/, ...builtinModules];

/** The command line is bundled separately: chunks that it shared with the library would be loaded by every import. */
const FORMATS = [
  { format: 'esm', dir: 'dist', input: LIBRARY },
  { format: 'esm', dir: 'dist/cli', input: { main: 'src/cli/main.ts' } },
  { format: 'cjs', dir: 'dist/cjs', input: LIBRARY },
] as const;

/**
 * Entries of runtimes that import kernels from a file. Each is one file that embeds none: where a bundler may leave a
 * module out that it sees no use of, the one that registers the kernels must not be it.
 */
const EDGES = ['workerd', 'edge-light'] as const;

const importedKernels: Plugin = {
  name: 'imported-kernels',
  resolveId: (id) => (id.includes('.wasm') ? { id: id.replace('./kernels/', './'), external: true } : undefined),
  load: (id) => (id === fromRoot('src/kernels/embedded-modules.ts') ? 'export const embeddedModules = {};' : undefined),
};

/**
 * An import compiles all of its text: with short names that takes less time. Names of functions stay, for stack traces;
 * annotations stay for bundlers.
 */
const SHORT: Pick<OutputOptions, 'comments' | 'minify'> = {
  comments: { annotation: true, jsdoc: false, legal: false },
  minify: {
    compress: { keepNames: { function: true, class: true } },
    mangle: { toplevel: true, keepNames: true },
    // Node shows the line of an uncaught error: it must not be the whole file.
    codegen: { removeWhitespace: false },
  },
};

/** Every module of a bundle, by its path. */
const bundled = new Set<string>();
const recordModules: Plugin = {
  name: 'record-modules',
  moduleParsed({ id }) {
    bundled.add(id);
  },
};

/** commander starts programs, which digestry never asks of it. */
const lazyChildProcess: Plugin = {
  name: 'lazy-child-process',
  transform: (code, id) =>
    id.includes('/node_modules/commander/')
      ? code.replaceAll(
          /^const childProcess = require\('node:child_process'\);$/gm,
          "const childProcess = { spawn: (...given) => process.getBuiltinModule('node:child_process').spawn(...given) };",
        )
      : undefined,
};

/** As CommonJS it would need a runtime of the bundler, in a file of its own. */
const inflateAsModule: Plugin = {
  name: 'inflate-as-module',
  transform: (code, id) =>
    id.includes('/node_modules/tiny-inflate/')
      ? code.replace('module.exports = tinf_uncompress;', 'export default tinf_uncompress;')
      : undefined,
};

/** What packages in CommonJS ask of require(), which ES modules do not have. */
const builtinsWithoutRequire: Plugin = {
  name: 'builtins-without-require',
  transform(code, id) {
    if (!id.includes('/node_modules/')) return undefined;
    return code.replace(/\brequire\((['"])(?:node:)?(\w+)\1\)/g, (text, _quote, name) =>
      builtinModules.includes(name) ? `globalThis.process.getBuiltinModule('node:${name}')` : text,
    );
  },
};

/** One character that is not ASCII makes V8 keep the text of a whole file in two bytes a character. */
const ascii: Plugin = {
  name: 'ascii',
  renderChunk: (code) =>
    code.replace(/[^\0-\x7f]/gu, (character) => {
      const codePoint = (character.codePointAt(0) as number).toString(16);
      return codePoint.length <= 4 ? `\\u${codePoint.padStart(4, '0')}` : `\\u{${codePoint}}`;
    }),
};

/** The modules that an entry loads. */
async function modulesOf(entry: string): Promise<ReadonlySet<string>> {
  const { output } = await (await bundle({ entry }, 'esm')).generate({ format: 'esm' });
  return new Set(output.flatMap((part) => (part.type === 'chunk' && !part.isDynamicEntry ? part.moduleIds : [])));
}

function bundle(input: Readonly<Record<string, string>>, format: 'cjs' | 'esm'): ReturnType<typeof rolldown> {
  return rolldown({
    input: Object.fromEntries(Object.entries(input).map(([name, path]) => [name, fromRoot(path)])),
    // As for Node, without rolldown's createRequire(import.meta.url) at import: it throws where a program is bundled
    // again as CommonJS.
    platform: 'neutral',
    resolve: { conditionNames: ['node', 'import', 'module', 'default'], mainFields: ['module', 'main'] },
    external: EXTERNAL,
    plugins: [recordModules, lazyChildProcess, builtinsWithoutRequire, withoutSaltSource, inflateAsModule, ascii],
    transform: { target: 'node20.19', ...(format === 'cjs' && { define: { 'import.meta': '{}' } }) },
    logLevel: 'warn',
  });
}

/**
 * The text with each constant that is computed while it loads, such as a hasher, marked as pure: a bundler keeps those only
 * that are used. All of digestry is in one module, of which `sideEffects` says nothing; and a mark in the source does not
 * outlive the minifier.
 */
function markPure(code: string): string {
  const marks: [at: number, text: string][] = [];
  for (const statement of parseAst(code).body) {
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { id, init } of statement.declarations) {
      if (id.type !== 'Identifier' || !init || !isComputed(code.slice(init.start, init.end), init.type)) continue;
      marks.push([init.start, '/*@__PURE__*/(()=>('], [init.end, '))()']);
    }
  }
  let marked = '';
  let from = 0;
  for (const [at, text] of marks) {
    marked += code.slice(from, at) + text;
    from = at;
  }
  return marked + code.slice(from);
}

/** Whether an expression calls something while it is evaluated; a function calls nothing until it is called. */
function isComputed(text: string, type: string): boolean {
  if (['ArrowFunctionExpression', 'FunctionExpression', 'ClassExpression', 'Literal'].includes(type)) return false;
  return /[(`]/.test(text);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(fromRoot(path)), { recursive: true });
  writeFileSync(fromRoot(path), text);
}

rmSync(fromRoot('dist'), { recursive: true, force: true });
const inPortable = await modulesOf(LIBRARY.portable);
const inIndex = await modulesOf(LIBRARY.index);
/** One file of all that both entries load: each file more costs an import about a millisecond. */
const core = { name: 'core', test: (id: string) => inPortable.has(id) && inIndex.has(id) };
for (const { format, dir, input } of FORMATS) {
  const built = await bundle(input, format);
  await built.write({
    format,
    dir: fromRoot(dir),
    ...('index' in input && { codeSplitting: { groups: [core] } }),
    chunkFileNames: ({ facadeModuleId }) =>
      facadeModuleId?.includes('/src/cli/') ? 'commands/[name].js' : 'chunks/[name].js',
    ...SHORT,
  });
}
for (const name of EDGES) {
  const built = await rolldown({
    input: fromRoot(`src/${name}.ts`),
    platform: 'neutral',
    plugins: [importedKernels, recordModules, ascii],
    transform: { target: 'es2022' },
    logLevel: 'warn',
  });
  await built.write({
    format: 'esm',
    file: fromRoot(`dist/${name}.js`),
    codeSplitting: false,
    ...SHORT,
  });
}
for (const path of ['dist/chunks/core.js', 'dist/hashers.js']) {
  write(path, markPure(readFileSync(fromRoot(path), 'utf8')));
}
copyFileSync(fromRoot('src/kernels/kernels.wasm'), fromRoot('dist/kernels.wasm'));
await (await bundle(THREADS, 'esm')).generate({ format: 'esm' });
write('dist/THIRD-PARTY-LICENSES.txt', thirdPartyLicences(bundled));

// One tree for `import`, one for `require`: TypeScript takes the module format of a declaration from its package.json.
execFileSync(process.execPath, [fromRoot('node_modules/typescript/bin/tsc'), '-p', fromRoot('src')], {
  stdio: 'inherit',
});
const entries = ['index.d.ts', 'portable.d.ts', 'each-hasher.d.ts', 'migration/index.d.ts'];
const declarations = reachableDeclarations(fromRoot('dist/types/'), entries);
rmSync(fromRoot('dist/types'), { recursive: true });
for (const [path, text] of declarations) {
  write(`dist/types/${path}`, text);
  write(`dist/cjs/types/${path}`, text);
}
write('dist/cjs/package.json', '{ "type": "commonjs" }\n');
