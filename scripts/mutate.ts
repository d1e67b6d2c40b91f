/**
 * Mutation testing of one part, a file at a time: npm run test:mutation -- policy, or of one file of it, named after the
 * part. A stopped run goes on with the file that it was at; what has not changed is not run again. Prints the scores.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PARTS } from '../test/mutation/parts.mjs';

interface Mutant {
  readonly status: string;
}

const root = fileURLToPath(new URL('../', import.meta.url));
const DETECTED = new Set(['Killed', 'Timeout']);
const UNDETECTED = new Set(['Survived', 'NoCoverage']);

const [name = '', only] = process.argv.slice(2);
const part = PARTS[name];
const files = (part?.mutate ?? []).flatMap(filesIn).filter((file) => only === undefined || file === only);
if (files.length === 0) {
  process.stderr.write(`usage: npm run test:mutation -- ${Object.keys(PARTS).join('|')} [FILE]\n`);
  process.exit(2);
}

let [detected, total] = [0, 0];
const lines: string[] = [];
for (const file of files) {
  const env = { ...process.env, MUTATION_PART: name, MUTATION_FILE: file };
  const { status } = spawnSync('npx', ['stryker', 'run', 'test/mutation/stryker.config.mjs'], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  const report = `.stryker/reports/${file.replaceAll('/', '-').replace(/\.ts$/, '')}.json`;
  const { files: reported } = JSON.parse(readFileSync(new URL(`../${report}`, import.meta.url), 'utf8'));
  const mutants = Object.values(reported as Record<string, { readonly mutants: readonly Mutant[] }>).flatMap(
    (one) => one.mutants,
  );
  const killed = mutants.filter((one) => DETECTED.has(one.status)).length;
  const all = killed + mutants.filter((one) => UNDETECTED.has(one.status)).length;
  lines.push(`${percent(killed, all)}  ${killed} of ${all}  ${file}`);
  detected += killed;
  total += all;
}
process.stdout.write(`${lines.join('\n')}\n${percent(detected, total)}  ${detected} of ${total}  ${name}\n`);

function percent(some: number, all: number): string {
  return all === 0 ? '    -' : `${((100 * some) / all).toFixed(1).padStart(5)} %`;
}

/** A path that ends in "/" is all that is in the folder. */
function filesIn(path: string): string[] {
  if (!path.endsWith('/')) return [path];
  return readdirSync(new URL(`../${path}`, import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path + file)
    .sort();
}
