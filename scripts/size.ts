/**
 * What dist weighs, minified and compressed, as a bundler and a server would send it: npm run size prints it beside the
 * budget, npm run size -- --update writes a new budget. A test fails over it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { minifySync } from 'rolldown/utils';

const root = fileURLToPath(new URL('../', import.meta.url));
const BUDGET = join(root, 'size-budget.json');
/** Room for changes that a new version of a bundler makes. */
const SLACK = 1.02;

export interface Sizes {
  /** Bytes of each entry with all that it imports statically. */
  readonly entries: Readonly<Record<string, number>>;
  /** Bytes of each file. */
  readonly bundles: Readonly<Record<string, number>>;
}

const ENTRIES = [
  ...['index.js', 'portable.js', 'hashers.js', 'migration.js', 'workerd.js', 'edge-light.js', 'cli/main.js'],
  ...['cjs/index.js', 'cjs/portable.js', 'cjs/hashers.js', 'cjs/migration.js'],
];

/** Sizes of dist, by paths in it. */
export function measureSizes(): Sizes {
  const files = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.js'))
    .sort();
  const texts = new Map(files.map((path) => [path, readFileSync(join(root, 'dist', path), 'utf8')]));
  const bundles = new Map([...texts].map(([path, text]) => [path, compressedBytes(path, text)]));
  const entries = ENTRIES.map((entry) => {
    const bytes = staticImports(texts, entry).map((path) => bundles.get(path) ?? 0);
    return [entry, bytes.reduce((sum, one) => sum + one, 0)] as const;
  });
  return { entries: Object.fromEntries(entries), bundles: Object.fromEntries(bundles) };
}

export function readBudget(): Sizes {
  return JSON.parse(readFileSync(BUDGET, 'utf8'));
}

function compressedBytes(path: string, text: string): number {
  const { code, errors } = minifySync(path, text, { module: !path.startsWith('cjs/') });
  if (errors.length > 0) throw new Error(`${path} cannot be minified: ${errors[0]?.message}`);
  return gzipSync(code).length;
}

/** `entry` and the files that a static import or require of it loads. */
function staticImports(texts: ReadonlyMap<string, string>, entry: string): string[] {
  const found = new Set<string>();
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    const text = texts.get(path);
    if (text === undefined) throw new Error(`dist has no ${path}: run npm run build`);
    found.add(path);
    const imports = text.matchAll(
      /^(?:(?:import|export)\b[^'"\n]*?from\s*|import\s*|(?:const|let|var) [\w$]+ = require\()["'](\.[^"']+\.js)["']/gm,
    );
    for (const [, specifier = ''] of imports) waiting.push(posix.join(dirname(path), specifier));
  }
  return [...found];
}

function withSlack(sizes: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(sizes).map(([path, bytes]) => [path, Math.ceil((bytes * SLACK) / 100) * 100]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizes = measureSizes();
  if (process.argv.includes('--update')) {
    const budget = { entries: withSlack(sizes.entries), bundles: withSlack(sizes.bundles) };
    writeFileSync(BUDGET, `${JSON.stringify(budget, undefined, 2)}\n`);
  }
  const budget = readBudget();
  for (const kind of ['entries', 'bundles'] as const) {
    process.stdout.write(`${kind}: bytes minified and compressed, of the budget\n`);
    for (const [path, bytes] of Object.entries(sizes[kind])) {
      process.stdout.write(`${String(bytes).padStart(9)} ${String(budget[kind][path] ?? '-').padStart(9)}  ${path}\n`);
    }
  }
}
