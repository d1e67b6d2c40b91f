/** Imports in src point to the left only, files say one thing, and their names say which. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { clerkHashers } from '../../src/index.js';
import { cycleIn, filesIn, ROOT, reachable, sourceGraph, specifiers } from './imports.js';

/** Left to right. A file or a folder ending in "/" belongs to the longest entry that fits it; types count as imports. */
const LAYERS: readonly (readonly string[])[] = [
  ['errors.ts', 'jobs.ts', 'owasp.ts', 'version.d.ts'],
  ['types.ts'],
  ['encoding/'],
  ['kernels/'],
  ['kdf/'],
  ['recipe/'],
  // Which text holds which fields.
  ['layout/'],
  ['hashers/'],
  ['formats.ts'],
  ['recognize/'],
  ['credential.ts'],
  ['registry.ts'],
  ['policy.ts', 'targets/'],
  ['validate.ts', 'verify.ts'],
  ['conformance/'],
  // The door to other threads. kdf/executor.ts declares what is asked of it, and is passed it, so kdf does not know it.
  ['engine/'],
  ['login/'],
  ['library.ts'],
  // The search for a derivation, with its own threads.
  ['discover/'],
  // Knows nothing of what is in a file.
  ['files/'],
  // The shapes of reports, and the one reader of each.
  ['reports/'],
  // Neither knows the other: a report is what passes between them.
  ['migration/', 'capacity/'],
  // Text, HTML and charts, from data.
  ['present/'],
  ['public.ts'],
  ['each-hasher.ts'],
  ['index.ts', 'portable.ts'],
  // digestry/portable with kernels that are imported.
  ['workerd.ts', 'edge-light.ts'],
  ['cli/'],
];

/** How many there are: a file more or less is meant, not overlooked. */
const FILES = 755;

/** Folders that are entered by their index alone. */
const SEALED = [
  'capacity/bench/',
  'capacity/calibrate/',
  'capacity/plan/',
  'conformance/',
  'hashers/',
  'migration/assess/layouts/',
  'migration/rows/',
  'migration/sources/',
  'present/charts/',
  'recognize/systems/',
  'targets/',
] as const;

const graph = sourceGraph();
const files = [...graph.keys()];

function layerOf(file: string): { readonly index: number; readonly entry: string } | undefined {
  const fitting = LAYERS.flatMap((entries, index) => entries.map((entry) => ({ index, entry })))
    .filter(({ entry }) => (entry.endsWith('/') ? file.startsWith(entry) : file === entry))
    .sort((a, b) => b.entry.length - a.entry.length);
  return fitting[0];
}

describe('the layers of src', () => {
  test('hold every file', () => {
    expect(files.length).toBe(FILES);
    expect(files.filter((file) => layerOf(file) === undefined)).toEqual([]);
  });

  test('import to the left only', () => {
    const wrong: string[] = [];
    for (const [file, imported] of graph) {
      for (const to of imported) {
        const [from, left] = [layerOf(file), layerOf(to)];
        if (from === undefined || left === undefined) wrong.push(`${file} imports ${to}, which is in no layer`);
        else if (left.index > from.index) wrong.push(`${file} imports ${to}, which is to its right`);
        // Those on one level do not know each other: neither of validate and verify is built on the other.
        else if (left.index === from.index && left.entry !== from.entry) wrong.push(`${file} imports its peer ${to}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('enter a sealed folder by its index', () => {
    for (const folder of SEALED) expect(files).toContain(`${folder}index.ts`);
    const inside = [...graph].flatMap(([file, imported]) =>
      imported
        .filter(
          (to) =>
            SEALED.some((folder) => to.startsWith(folder) && to !== `${folder}index.ts` && !file.startsWith(folder)) &&
            // Each family of formats has an index.
            !(['formats.ts', 'each-hasher.ts'].includes(file) && /^hashers\/[a-z-]+\/index\.ts$/.test(to)),
        )
        .map((to) => `${file} imports ${to}`),
    );
    expect(inside).toEqual([]);
  });

  test('enter migration by its public index, and the command line by that for the command too', () => {
    const outside = [...graph].flatMap(([file, imported]) =>
      file.startsWith('migration/')
        ? []
        : imported.filter((to) => to.startsWith('migration/')).map((to) => `${file.split('/')[0]} imports ${to}`),
    );
    expect([...new Set(outside)].sort()).toEqual([
      ...['cli imports migration/command.ts', 'cli imports migration/index.ts'],
      'present imports migration/index.ts',
    ]);
  });

  test('have no cycle, also not of types', () => expect(cycleIn(graph)).toBeUndefined());

  test('import files that are there', () => {
    const missing = [...graph].flatMap(([file, to]) => to.filter((one) => !graph.has(one)).map((o) => `${file}: ${o}`));
    expect(missing).toEqual([]);
  });
});

describe('the stages of a check', () => {
  /** Sources say how records are read, so they come before the readers. */
  const STAGES = [['sources'], ['input', 'rows'], ['assess'], ['count'], ['output']];
  const stageOf = (file: string) =>
    STAGES.findIndex((names) => names.some((name) => file.startsWith(`migration/${name}/`)));

  test('know the stages before them only', () => {
    const staged = files.filter((file) => stageOf(file) !== -1);
    expect(new Set(staged.map(stageOf)).size).toBe(STAGES.length);
    const wrong = staged.flatMap((file) =>
      (graph.get(file) ?? []).filter((to) => stageOf(to) > stageOf(file)).map((to) => `${file} imports ${to}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('what makes the kernels', () => {
  const makers = [...reachable(graph, 'kernels/modules.ts')].filter(
    (file) => file.startsWith('kernels/') && !/(?:-layout|\/names|\/rows)\.ts$/.test(file),
  );

  test('is run by the build, and by nothing that is shipped', () => {
    expect(makers).toContain('kernels/assembler.ts');
    for (const entry of ['index.ts', 'portable.ts', 'migration/index.ts', 'engine/worker.ts', 'cli/main.ts']) {
      const shipped = reachable(graph, entry);
      expect(makers.filter((file) => shipped.has(file))).toEqual([]);
    }
  });

  test('reaches nothing but types of the job, and no package', () => {
    const beyond = [...reachable(graph, 'kernels/modules.ts')].filter((file) => !file.startsWith('kernels/'));
    expect(beyond).toEqual(['jobs.ts']);
  });

  test('and what loads them reaches encodings only', () => {
    const beyond = filesIn('src/kernels/', '.ts').flatMap((file) =>
      [...reachable(graph, `kernels/${file}`)].filter(
        (to) => !/^(?:kernels|encoding)\/|^(?:errors|jobs|types)\.ts$/.test(to),
      ),
    );
    expect(beyond).toEqual([]);
    const packages = filesIn('src/kernels/', '.ts').flatMap((file) =>
      specifiers(readFileSync(new URL(`src/kernels/${file}`, ROOT), 'utf8')).filter((one) => !one.startsWith('.')),
    );
    expect(packages).toEqual(['tiny-inflate']);
  });
});

describe('a hasher', () => {
  test('reaches no package, no builtin of Node and no backend', () => {
    const beyond = [...reachable(graph, 'hashers/index.ts')].flatMap((file) =>
      specifiers(readFileSync(new URL(`src/${file}`, ROOT), 'utf8'))
        .filter((specifier) => !specifier.startsWith('.'))
        .map((specifier) => `${file} imports ${specifier}`),
    );
    expect(beyond).toEqual([]);
  });

  test('has a file that is called as it is, and no file there is anything else', () => {
    const named = filesIn('src/hashers/', '.ts').filter((file) => !file.includes('/'));
    const wanted = clerkHashers.map(({ name }) => `${name.replaceAll('_', '-')}.ts`);
    expect(wanted.filter((file) => !named.includes(file))).toEqual([]);
    const beside = [
      'define.ts',
      'dynamic.ts',
      'embedded-formats.d.ts',
      'format.ts',
      'format-table.ts',
      'index.ts',
      'parsed.ts',
      'same-digest.ts',
    ];
    expect(named.filter((file) => !wanted.includes(file) && !beside.includes(file))).toEqual([]);
  });

  test('is exported by its file alone', () => {
    for (const { name } of clerkHashers) {
      const source = readFileSync(new URL(`src/hashers/${name.replaceAll('_', '-')}.ts`, ROOT), 'utf8');
      const camel = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
      expect(source, name).toMatch(new RegExp(`^export (?:const|function) ${camel}\\b`, 'm'));
    }
  });
});

describe('a file name', () => {
  const everywhere = ['src/', 'test/', 'bench/', 'scripts/', 'docs/'].flatMap((folder) =>
    ['.ts', '.mts', '.mjs']
      .flatMap((extension) => filesIn(folder, extension).map((file) => folder + file))
      // Rivals that a benchmark has installed.
      .filter((file) => !file.includes('/node_modules/')),
  );

  test('is kebab-case', () => {
    const parts = everywhere.filter(
      (path) => !path.split('/').every((part) => /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(part)),
    );
    expect(parts).toEqual([]);
  });

  test('says what is in the file', () => {
    const vague = /(?:^|[/.-])(?:utils?|helpers?|commons?|misc|shared|stuff)(?:[/.-]|$)/;
    expect(everywhere.filter((path) => vague.test(path))).toEqual([]);
    expect(everywhere.filter((path) => /(?:^|[/-])and(?:[/.-]|$)/.test(path))).toEqual([]);
  });
});
