/** The declarations under TypeScript 5.4, 5.9 and 7, in each way that it resolves packages, as strict as it can be. */
import { join } from 'node:path';

export const name = 'types';
export const needs = ['typescript', 'typescript54', 'typescript7'];

const COMPILERS = { 5.4: 'typescript54', 5.9: 'typescript', 7: 'typescript7' };

const PROGRAM = `import { type Credential, createVerifier, DigestError, clerkHashers, type Verdict, verify } from 'digestry';
import { check } from 'digestry/migration';
import { verify as portable } from 'digestry/portable';

const credential: Credential = { passwordHasher: 'bcrypt', passwordDigest: '' };
const signal: AbortSignal | undefined = Math.random() > 2 ? new AbortController().signal : undefined;
export const verdict: Promise<Verdict> = verify('password', credential, { signal });
export const other: Promise<Verdict> = portable('password', credential);
const verifier = createVerifier({ upgradeTo: undefined, maxQueue: undefined, equalize: undefined });
export const closed: Promise<void> = verifier.close();
export const report: Promise<{ readonly totals: { readonly rows: number } }> = check(['users.csv']);
export const names: string[] = clerkHashers.map(({ name }) => name);
export const code: string = new DigestError('ERR_LIMIT', '').code;
// @ts-expect-error a number is no password
verify(1, credential);
`;

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
  target: 'ES2022',
  lib: ['ES2022'],
  types: ['node'],
};

/** By title: the extension of the program, the compiler's options, and the versions that are run so. */
const WAYS = {
  'nodenext, import': ['mts', { module: 'nodenext', moduleResolution: 'nodenext' }, ['7']],
  'nodenext, require': ['cts', { module: 'nodenext', moduleResolution: 'nodenext' }, ['5.4', '5.9', '7']],
  'node16, require': ['cts', { module: 'node16', moduleResolution: 'node16' }, ['5.9']],
  bundler: ['ts', { module: 'esnext', moduleResolution: 'bundler' }, ['5.4', '7']],
  'bundler, browser': ['ts', { module: 'esnext', moduleResolution: 'bundler', customConditions: ['browser'] }, ['5.9']],
  node10: ['ts', { module: 'commonjs', moduleResolution: 'node10', esModuleInterop: true }, ['5.4', '5.9']],
};

export async function run(context) {
  const rows = [];
  for (const [version, folderName] of Object.entries(COMPILERS)) {
    const failures = [];
    for (const [title, [extension, options, versions]] of Object.entries(WAYS)) {
      if (!versions.includes(version)) continue;
      const folder = context.project(`types-${version}-${title}`.replaceAll(/[^\w.]+/g, '-'), {
        [`app.${extension}`]: PROGRAM,
        'package.json': '{ "private": true, "type": "module" }',
        'tsconfig.json': JSON.stringify({ compilerOptions: { ...STRICT, ...options }, files: [`app.${extension}`] }),
      });
      const tsc = context.bin(join(folderName, 'bin/tsc'));
      await context.run(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { cwd: folder }).catch((error) => {
        failures.push(`${title}: ${error.message}`);
      });
    }
    rows.push({
      name: `TypeScript ${version}`,
      ...(failures.length > 0 && { state: 'FAILED', note: failures.join('\n').slice(0, 3000) }),
    });
  }
  return rows;
}
