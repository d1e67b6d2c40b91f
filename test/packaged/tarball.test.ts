/** What npm would publish: its files, its types under strict consumers, its imports and its command where it is installed. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importedPackages, NOT_BUNDLED } from '../meta/dependencies.js';
import { ROOT } from '../meta/imports.js';

const run = promisify(execFile);
const root = fileURLToPath(ROOT);
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const work = mkdtempSync(join(tmpdir(), 'digestry-package-'));
const consumer = join(work, 'consumer');
let tarball: Buffer;
let packed: readonly string[];

beforeAll(async () => {
  // dist is what is tested, so it is packed as it is, without the build that `prepack` would run.
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', work];
  const { stdout } = await run('npm', args, { cwd: root });
  const [{ filename, files }] = JSON.parse(stdout);
  tarball = readFileSync(join(work, filename));
  packed = files.map(({ path }: { readonly path: string }) => path);

  // Installed as npm would install it without its optional dependency.
  const modules = join(consumer, 'node_modules');
  mkdirSync(join(modules, 'digestry'), { recursive: true });
  await run('tar', ['-xzf', join(work, filename), '-C', join(modules, 'digestry'), '--strip-components', '1']);
  mkdirSync(join(modules, '@types'));
  symlinkSync(realpathSync(join(root, 'node_modules/@types/node')), join(modules, '@types/node'), 'dir');
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', type: 'module', private: true }));
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the tarball', () => {
  test('holds what is built, four texts, the kernels, and three manifests for resolvers that read no exports', () => {
    const others = [
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'hashers/package.json',
      'migration/package.json',
      'package.json',
    ];
    expect(packed.filter((path) => !path.startsWith('dist/')).sort()).toEqual([...others, 'portable/package.json']);
    const unusual = packed.filter((path) => path.startsWith('dist/') && !/\.(?:js|d\.ts)$/.test(path));
    expect(unusual.sort()).toEqual(['dist/THIRD-PARTY-LICENSES.txt', 'dist/cjs/package.json', 'dist/kernels.wasm']);
  });

  test('names the licence of each package whose code it holds', () => {
    const text = readFileSync(join(consumer, 'node_modules/digestry/dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
    const named = [...text.matchAll(/^(\S+) \d+\.\d+\.\d+ \((.+)\)$/gm)].map(([, name, licence]) => ({
      name,
      licence,
    }));
    const imported = importedPackages().filter((name) => !NOT_BUNDLED.includes(name));
    expect(imported.length).toBeGreaterThan(5);
    expect(named.map(({ name }) => name)).toEqual(expect.arrayContaining(imported));
    expect(new Set(named.map(({ licence }) => licence))).toEqual(new Set(['BSD-3-Clause', 'ISC', 'MIT']));
    expect(text.match(/^-{80}$/gm)?.length).toBe(named.length);
  });

  test('passes publint', async () => {
    const data = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength) as ArrayBuffer;
    const { messages } = await publint({ pack: { tarball: data }, strict: true });
    expect(messages.map((message) => formatMessage(message, manifest, { color: false }))).toEqual([]);
  });

  test('has the right types under every resolution', async () => {
    const { problems, entrypoints } = (await checkPackage(createPackageFromTarballData(tarball))) as Extract<
      Awaited<ReturnType<typeof checkPackage>>,
      { readonly problems: unknown }
    >;
    expect(Object.keys(entrypoints).sort()).toEqual(['.', './hashers', './migration', './package.json', './portable']);
    expect(problems).toEqual([]);
  });

  test('can be bundled again as CommonJS, where import.meta is empty', () => {
    for (const path of packed.filter((one) => /^dist\/(?!cjs\/).*\.js$/.test(one))) {
      const text = readFileSync(join(consumer, 'node_modules/digestry', path), 'utf8');
      expect(text, path).not.toMatch(/createRequire\(import\.meta\.url\)|new URL\([^)]*import\.meta\.url/);
    }
  });

  test('has no source map that points nowhere, and no path of a machine', () => {
    for (const path of packed.filter((one) => one.startsWith('dist/'))) {
      const text = readFileSync(join(consumer, 'node_modules/digestry', path), 'utf8');
      expect(text, path).not.toMatch(/sourceMappingURL/);
      expect(text.includes(root.replace(/\/$/, '')), path).toBe(false);
    }
  });
});

describe('where it is installed', () => {
  async function output(code: string): Promise<string> {
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', code], { cwd: consumer });
    expect(stderr).toBe('');
    return stdout.trim();
  }
  const digest = '5f4dcc3b5aa765d61d8327deb882cf99';
  const credential = `{ passwordHasher: 'md5', passwordDigest: '${digest}' }`;

  test.each(['digestry', 'digestry/portable'])('%s verifies', async (name) => {
    const code = `import { verify } from '${name}'; console.log((await verify('password', ${credential})).outcome)`;
    expect(await output(code)).toBe('match');
  });

  test.each(['digestry', 'digestry/portable', 'digestry/hashers', 'digestry/migration'])(
    '%s is one module for import and require()',
    async (name) => {
      const code = `import * as imported from '${name}'; import { createRequire } from 'node:module';
      console.log(createRequire(import.meta.url)('${name}') === imported)`;
      // `module-sync` is in every Node that is supported.
      expect(await output(code)).toBe('true');
    },
  );

  test.each(['index', 'portable', 'hashers', 'migration'])('the CommonJS of %s has the same exports', async (name) => {
    const folder = './node_modules/digestry/dist';
    const code = `import * as esm from '${folder}/${name}.js'; import { createRequire } from 'node:module';
      const cjs = createRequire(import.meta.url)('${folder}/cjs/${name}.js');
      console.log(JSON.stringify([esm, cjs].map((one) => Object.keys(one).sort())))`;
    const [esm, cjs] = JSON.parse(await output(code));
    expect(cjs).toEqual(esm);
    expect(esm.length).toBeGreaterThan(1);
  });

  test.each([
    ['require', [], 'dist/index.js'],
    ['require', ['--conditions=browser'], 'dist/cjs/portable.js'],
    ['import', ['--conditions=browser'], 'dist/portable.js'],
    ['import', ['--conditions=worker'], 'dist/portable.js'],
  ] as const)('%s with %j resolves to %s', async (how, flags, path) => {
    const code =
      how === 'import'
        ? "console.log(import.meta.resolve('digestry'))"
        : "import { createRequire } from 'node:module'; console.log(createRequire(import.meta.url).resolve('digestry'))";
    const args = [...flags, '--input-type=module', '-e', code];
    const { stdout } = await run(process.execPath, args, { cwd: consumer });
    expect(stdout.trim().replaceAll('\\', '/')).toMatch(new RegExp(`/node_modules/digestry/${path}$`));
  });

  test('digestry has the functions of its contract, and digestry/portable the same', async () => {
    const names = async (name: string): Promise<string[]> =>
      (await output(`console.log(Object.keys(await import('${name}')).join())`)).split(',').sort();
    const whole = await names('digestry');
    const contract = [
      ...[
        'DEFAULT_LIMITS',
        'DigestError',
        'conformance',
        'convert',
        'createParsed',
        'createRegistry',
        'createVerifier',
        'defineHasher',
      ],
      ...['clerkHashers', 'identify', 'md5Salted', 'parse', 'repair', 'sha256Salted', 'targets', 'validate', 'verify'],
    ];
    expect(whole).toEqual(expect.arrayContaining(contract));
    expect(await names('digestry/portable')).toEqual(whole);
  });

  test('digestry loads Argon2 without its optional dependency', async () => {
    const code = `import { clerkHashers, verify } from 'digestry';
      const { name, example } = clerkHashers.find(({ name }) => name === 'argon2id');
      console.log((await verify(example.password, { passwordHasher: name, passwordDigest: example.digest })).outcome)`;
    expect(await output(code)).toBe('match');
  });

  test('digestry/migration checks an export', async () => {
    writeFileSync(join(consumer, 'users.csv'), `id,password_hasher,password_digest\n1,md5,${digest}\n`);
    const code = `import * as migration from 'digestry/migration'; console.log(Object.keys(migration).length > 0)`;
    expect(await output(code)).toBe('true');
  });

  test('its insides cannot be imported', async () => {
    await expect(output("import 'digestry/dist/registry.js'")).rejects.toThrow(/ERR_PACKAGE_PATH_NOT_EXPORTED/);
  });

  test('its command runs', async () => {
    const bin = join(consumer, 'node_modules/digestry', manifest.bin.digestry);
    expect(readFileSync(bin, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    const { stdout } = await run(process.execPath, [bin, '--version'], { cwd: consumer });
    expect(stdout.trim()).toBe(manifest.version);
    const checked = await run(process.execPath, [bin, 'check', 'users.csv', '--json'], { cwd: consumer });
    expect(JSON.parse(checked.stdout).totals).toMatchObject({ rows: 1, rejected: 0 });
  });
});

describe('the types', () => {
  /** Every call here is in API.md; wrong ones are marked, so that types that are `any` fail too. */
  const CODE = `
import { type Credential, DigestError, type ErrorCode, type Verdict } from 'digestry';
import { conformance, convert, createRegistry, createVerifier, defineHasher, hashCost, clerkHashers } from 'digestry';
import { identify, md5Salted, parse, createParsed, validate, verify } from 'digestry';
import * as migration from 'digestry/migration';
import { verify as portable } from 'digestry/portable';

const credential: Credential = { passwordHasher: 'bcrypt', passwordDigest: '' };
export const verdicts: readonly Promise<Verdict>[] = [
  verify('password', credential),
  portable(new Uint8Array(), credential),
  verify('password', credential, { signal: AbortSignal.timeout(1) }),
];
export function said(verdict: Verdict): string {
  switch (verdict.outcome) {
    case 'match':
      return verdict.rehash.map(({ reason }) => reason).join();
    case 'mismatch':
      return '';
    case 'rejected':
      return verdict.error.code satisfies ErrorCode;
  }
}
const validation = validate(credential, { target: 'clerk', limits: { bcryptCost: 12 } });
export const found: string = validation.ok ? validation.warnings.map(({ code }) => code).join() : validation.error.message;
export const salt: Uint8Array = parse(credential).salt;
export const names: string[] = identify('').map(({ hasher }) => hasher);
export const converted: Credential | undefined = convert('');
export const mine = defineHasher({
  name: 'mine',
  example: { password: 'a', digest: 'b' },
  parse: () => createParsed({}, new Uint8Array(), new Uint8Array()),
  serialize: () => '',
  cost: () => hashCost('md5'),
  derive: (password, _, kdfs) => kdfs.hash('md5', password),
});
export const failures = await conformance(mine, [{ password: 'a', digest: 'b', expect: 'match' }]);
export const verifier = createVerifier({ registry: createRegistry([...clerkHashers, md5Salted({ order: 'password-first' })]) });
await verifier.close();
export const limit: number | undefined = new DigestError('ERR_LIMIT', '').limit?.max;
export { migration };

// @ts-expect-error a number is no password
verify(1, credential);
// @ts-expect-error there is no such target
validate(credential, { target: 'nowhere' });
// @ts-expect-error there is no such limit
validate(credential, { limits: { cost: 1 } });
// @ts-expect-error there is no such order
md5Salted({ order: 'salt-last' });
`;
  const STRICT = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    isolatedModules: true,
    verbatimModuleSyntax: true,
    skipLibCheck: false,
    noEmit: true,
    target: 'ES2023',
  };

  async function compile(name: string, code: string, options: object): Promise<string> {
    writeFileSync(join(consumer, `${name}.ts`), code);
    const config = { compilerOptions: { ...STRICT, ...options }, files: [`${name}.ts`] };
    writeFileSync(join(consumer, `${name}.json`), JSON.stringify(config));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const done = run(process.execPath, [tsc, '-p', `${name}.json`, '--pretty', 'false'], { cwd: consumer });
    return done.then(({ stdout }) => stdout).catch(({ stdout }: { readonly stdout: string }) => stdout);
  }

  const ways = [
    { module: 'nodenext', moduleResolution: 'nodenext', types: ['node'], lib: ['ES2023'] },
    { module: 'esnext', moduleResolution: 'bundler', types: ['node'], lib: ['ES2023'] },
    { module: 'esnext', moduleResolution: 'bundler', types: ['node'], lib: ['ES2023', 'DOM'] },
  ];
  test.each(ways)('compile with $moduleResolution and $lib', async (options) => {
    expect(await compile('whole', CODE, options)).toBe('');
  });

  test('of digestry/portable need no types of Node', async () => {
    const code =
      "import { verify } from 'digestry/portable';\nawait verify('a', { passwordHasher: 'md5', passwordDigest: '' });\n";
    // Symbol.asyncDispose is newer than ES2023.
    const lib = ['ES2023', 'ESNext.Disposable', 'DOM'];
    const options = { module: 'esnext', moduleResolution: 'bundler', types: [], lib };
    expect(await compile('browser', code, options)).toBe('');
  });

  test('are checked here: a wrong program does not compile', async () => {
    const code =
      "import { verify } from 'digestry';\nexport const wrong: number = verify('a', { passwordHasher: 'md5' });\n";
    expect(await compile('wrong', code, ways[0] as object)).toMatch(/TS2322/);
  });
});
