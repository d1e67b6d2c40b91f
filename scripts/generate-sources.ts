/**
 * Writes the sources that are made and not written: the kernels' bytes, the digits of π, the scripts of the worker threads, the version.
 * They lie in src, ignored by git, so that tests and tools run on src as it is.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { type Plugin, rolldown } from 'rolldown';
import { computeInitialState } from '../src/kdf/bcrypt/pi.js';
import { KERNEL_NAMES, kernelLibrary, kernelModule } from '../src/kernels/modules.js';
import { structureKernel } from '../src/kernels/structure.js';
import { wasmModule } from '../src/kernels/wasm-module.js';
import { withoutSaltSource } from './without-salt-source.js';

const src = (path: string): string => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

function writeModule(path: string, constants: Readonly<Record<string, string>>): void {
  const lines = Object.entries(constants).map(([name, value]) => `export const ${name} = ${value};\n`);
  writeFileSync(src(path), lines.join(''));
}

function generateVersion(): void {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  writeModule('version.js', { VERSION: JSON.stringify(version) });
}

function generateKernels(): void {
  const entries = KERNEL_NAMES.map((name) => {
    // A quarter of the text that every import reads, and a fifth of what a browser downloads.
    const deflated = deflateRawSync(validated(name, kernelModule(name)), { level: 9 });
    return `  ${name}: '${deflated.toString('base64')}',\n`;
  });
  writeModule('kernels/embedded.js', { KERNELS: `Object.freeze({\n${entries.join('')}})` });
  writeFileSync(src('kernels/kernels.wasm'), validated('library', kernelLibrary()));
  const structure = Buffer.from(validated('structure', wasmModule(structureKernel())));
  writeModule('migration/rows/structure-bytes.js', { STRUCTURE: JSON.stringify(structure.toString('base64')) });
}

/** Blowfish's initial state. */
function generatePiWords(): void {
  const words = computeInitialState();
  const bytes = Buffer.alloc(4 * words.length);
  for (const [i, word] of words.entries()) bytes.writeInt32BE(word, 4 * i);
  writeModule('kdf/bcrypt/pi-words.js', { INITIAL_STATE: JSON.stringify(bytes.toString('base64')) });
}

const FORMATS_PATH = 'hashers/embedded-formats.js';

/** The modules of the formats read what is written above. */
async function generateFormats(): Promise<void> {
  // They import it themselves: a clone does not have it yet.
  if (!existsSync(src(FORMATS_PATH))) writeModule(FORMATS_PATH, { FORMATS: "'[]'" });
  const { embedFormats } = await import('../src/formats.js');
  const quoted = embedFormats().replace(/[\\']/g, '\\$&');
  writeModule(FORMATS_PATH, { FORMATS: `'${quoted}'` });
}

function validated(name: string, bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  if (!WebAssembly.validate(bytes)) throw new Error(`the kernel ${name} is not a valid module`);
  return bytes;
}

/** A thread gets compiled kernels from the one that started it. */
const withoutKernels: Plugin = {
  name: 'without-kernels',
  load: (id) =>
    id === src('kernels/embedded.js')
      ? 'export const KERNELS = {};'
      : id === src('migration/rows/structure-bytes.js')
        ? "export const STRUCTURE = '';"
        : undefined,
};

/** Each worker's entry, and the module that holds its script as text. */
const WORKERS = [
  ['engine/worker.ts', 'engine/worker-source.js'],
  ['migration/threads/worker.ts', 'migration/threads/worker-source.js'],
  ['discover/worker.ts', 'discover/worker-source.js'],
] as const;

/** One self-contained CommonJS script: a worker that is started from text resolves nothing but what Node brings. */
async function generateWorker(entry: string, path: string): Promise<void> {
  const bundle = await rolldown({
    input: src(entry),
    platform: 'node',
    external: [/^node:/, ...builtinModules],
    plugins: [withoutKernels, withoutSaltSource],
    transform: { target: 'node20.19' },
    logLevel: 'warn',
  });
  const { output } = await bundle.generate({ format: 'cjs', minify: true, codeSplitting: false });
  const [{ code }] = output;
  writeModule(path, { WORKER_SOURCE: JSON.stringify(code) });
}

generateVersion();
generateKernels();
generatePiWords();
await generateFormats();
for (const [entry, path] of WORKERS) await generateWorker(entry, path);
