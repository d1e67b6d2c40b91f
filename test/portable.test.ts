/** The built entries without Node, run where nothing of Node is. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { clerkHashers } from '../src/index.js';
import { ROOT, specifiers } from './meta/imports.js';

const run = promisify(execFile);
/** Entries that import their kernels. */
const EDGES = ['workerd', 'edge-light'];
const KERNELS = new URL('dist/kernels.wasm', ROOT);

/** What a browser has of what Node has. The rest is taken away before the first module of ours runs. */
const LEFT_TO_BROWSERS = [
  ...['AbortController', 'AbortSignal', 'TextDecoder', 'TextEncoder', 'URL', 'crypto', 'performance', 'queueMicrotask'],
  ...['setTimeout', 'clearTimeout', 'structuredClone', 'WebAssembly', 'atob', 'btoa', 'MessageChannel', 'Event'],
];

/** As an embedder that runs only WebAssembly that it has compiled itself. */
const REFUSED = `
  WebAssembly.compile = async () => { throw new WebAssembly.CompileError('disallowed by embedder'); };
  WebAssembly.Module = new Proxy(WebAssembly.Module, { construct() { throw new WebAssembly.CompileError('disallowed'); } });`;

/** Entries, runtimes, and what is done to this one to be like them. */
const RUNTIMES = [
  ['portable', 'with WebAssembly', '', ['lanes', 'portable']],
  // Its compiler refuses a module with instructions that it does not know.
  [
    'portable',
    'without SIMD',
    "WebAssembly.compile = async () => { throw new WebAssembly.CompileError('invalid opcode 0xfd') };",
    ['portable'],
  ],
  ['portable', 'where a policy refuses to compile', REFUSED, ['portable']],
  ['portable', 'without WebAssembly', 'delete globalThis.WebAssembly;', ['portable']],
  ['workerd', 'where only imported kernels run', REFUSED, ['lanes', 'portable']],
  ['edge-light', 'where only imported kernels run', REFUSED, ['lanes', 'portable']],
  // A bundler that gives an address in place of the module.
  ['workerd', 'where the import gives no module', "kernels = './kernels.wasm';", ['portable']],
] as const;

describe.each(RUNTIMES)('%s where nothing of Node is, %s', (entry, _name, change, usable) => {
  let printed: {
    readonly asked: readonly string[];
    readonly absent: readonly string[];
    readonly verdicts: Readonly<Record<string, readonly unknown[]>>;
    readonly backends: readonly { readonly kdf: string; readonly kind: string; readonly state: string }[];
  };

  beforeAll(async () => {
    const program = `
      const load = "export async function load(url, context, next) { return url.includes('.wasm') ? { format: 'module', shortCircuit: true, source: 'export default globalThis.importedKernels()' } : next(url, context); }";
      require('node:module').register('data:text/javascript,' + encodeURIComponent(load));
      let kernels = new WebAssembly.Module(require('node:fs').readFileSync(${JSON.stringify(fileURLToPath(KERNELS))}));
      const print = process.stdout.write.bind(process.stdout);
      const language = new Set(Object.getOwnPropertyNames(require('node:vm').runInNewContext('globalThis')));
      const kept = new Set(${JSON.stringify(LEFT_TO_BROWSERS)});
      for (const name of Object.getOwnPropertyNames(globalThis)) {
        if (!language.has(name) && !kept.has(name)) delete globalThis[name];
      }
      ${change}
      const asked = ['process', 'Buffer', 'require', 'module', '__dirname', 'setImmediate', 'global'];
      const absent = asked.filter((name) => !(name in globalThis));
      (async () => {
        globalThis.importedKernels = () => kernels;
        const digestry = await import(${JSON.stringify(new URL(`dist/${entry}.js`, ROOT).href)});
        const verdicts = {};
        for (const { name, example } of digestry.clerkHashers) {
          const credential = { passwordHasher: name, passwordDigest: example.digest };
          verdicts[name] = [
            await digestry.verify(example.password ?? '', credential),
            await digestry.verify('#' + (example.password ?? ''), credential),
            digestry.validate(credential, { target: 'clerk' }).ok,
          ].map((v) => typeof v === 'boolean' ? v : v.outcome === 'rejected' ? v.error.code : v.outcome);
        }
        const verifier = digestry.createVerifier();
        const backends = await verifier.backends();
        await verifier.close();
        print(JSON.stringify({ asked, absent, verdicts, backends }));
      })();`;
    const { stdout, stderr } = await run(process.execPath, ['--input-type=commonjs', '-e', program]);
    expect(stderr).toBe('');
    printed = JSON.parse(stdout);
  });

  test('runs without the globals of Node', () => {
    expect(printed.absent).toEqual(printed.asked);
    expect(printed.absent).toContain('process');
  });

  test.each(clerkHashers.map(({ name, example }) => [name, example] as const))(
    'verifies the example of %s',
    (name, example) => {
      const unverifiable = example.password === undefined;
      const wanted = unverifiable ? ['ERR_UNVERIFIABLE', 'ERR_UNVERIFIABLE'] : ['match', 'mismatch'];
      expect(printed.verdicts[name]).toEqual([...wanted, true]);
    },
  );

  test('uses the first backend of each KDF that works there', () => {
    const costly = printed.backends.filter(({ kdf }) => kdf !== 'hash');
    expect(new Set(costly.map(({ kdf }) => kdf)).size).toBe(6);
    const seen = new Set<string>();
    for (const { kdf, kind, state } of costly) {
      expect(['native', 'lanes', 'portable']).toContain(kind);
      // Web Crypto, which is there: it is native, and for PBKDF2 only.
      const kinds: readonly string[] = kdf === 'pbkdf2' ? ['native', ...usable] : usable;
      // Of two with lanes, the second does what the first cannot.
      const first = kind === kinds[0] && !seen.has(kdf);
      if (first) seen.add(kdf);
      expect([kdf, kind, state]).toEqual([kdf, kind, kinds.includes(kind) ? (first ? 'used' : 'available') : 'absent']);
    }
  });
});

describe.each(EDGES)('dist/%s.js', (entry) => {
  const code = readFileSync(new URL(`dist/${entry}.js`, ROOT), 'utf8');

  test('is one file that imports its kernels and nothing else, so that no bundler leaves out what registers them', () => {
    expect(specifiers(code)).toEqual([entry === 'workerd' ? './kernels.wasm' : './kernels.wasm?module']);
  });

  test('compiles nothing, which Next.js would refuse to build, and embeds no kernel', () => {
    expect(code).not.toMatch(/WebAssembly\.(?:compile|instantiate)\b|new (?:WebAssembly\.Module|Function)\b|\beval\(/);
    // Of the megabyte that an edge function may have.
    expect(code.length).toBeLessThan(850_000);
  });
});
