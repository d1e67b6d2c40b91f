import { configDefaults, defineConfig } from 'vitest/config';

/** Run the built command or the built entries, so they need a build. */
const ON_DIST = [
  'test/cli/**/*.test.ts',
  'test/docs/code.test.ts',
  'test/engine/broken-worker.test.ts',
  'test/engine/fallback.test.ts',
  'test/engine/faults.test.ts',
  'test/engine/foreign-worker.test.ts',
  'test/engine/one-pool.test.ts',
  'test/engine/process.test.ts',
  'test/meta/examples.test.ts',
  'test/meta/kubernetes.test.ts',
  'test/portable.test.ts',
];

/** Need Chromium. */
const IN_BROWSER = ['test/docs/identify.test.ts', 'test/**/chromium.test.ts'];

/** Replace modules or load them again. Files of `unit` share processes and their modules. */
const APART = [
  'test/encoding/brand.test.ts',
  'test/encoding/bytes.test.ts',
  'test/engine/fake-timers.test.ts',
  'test/kdf/native-hashes.test.ts',
  'test/migration/assess/kinds.test.ts',
];

/** What npm would publish. */
const PACKAGED = ['test/packaged/**/*.test.ts'];

/** Run for each mutant; a part of test/messages otherwise. */
const ON_MUTANTS = ['test/mutation/**/*.test.ts'];

/** More than 3 s of one quiet core each: real costs, load, hundreds of thousands of rows. */
const SLOW = [
  'test/capacity/measure/login-speeds.test.ts',
  'test/capacity/plan/plan.test.ts',
  'test/**/simulate.test.ts',
  'test/conformance/conformance.test.ts',
  'test/discover/discover.test.ts',
  'test/discover/unlisted.test.ts',
  'test/engine/worker-thread.test.ts',
  'test/formats.test.ts',
  'test/hashers/hostile.test.ts',
  'test/hashers/properties.test.ts',
  'test/hashers/serialize.test.ts',
  'test/kdf/differential.test.ts',
  'test/kdf/pause.test.ts',
  'test/kdf/published.test.ts',
  'test/kernels/argon2.test.ts',
  'test/kernels/bcrypt.test.ts',
  'test/kernels/iterated-hash.test.ts',
  'test/kernels/pbkdf2.test.ts',
  'test/kernels/scrypt.test.ts',
  'test/kernels/turns.test.ts',
  'test/layout/properties.test.ts',
  'test/login/any.test.ts',
  'test/login/hash.test.ts',
  'test/login/stored.test.ts',
  'test/login/upgrade.test.ts',
  'test/messages/messages.test.ts',
  'test/meta/secrets.test.ts',
  'test/**/beginning.test.ts',
  'test/**/canaries.test.ts',
  'test/**/generated.test.ts',
  'test/**/merge-reports.test.ts',
  'test/**/outputs.test.ts',
  'test/**/json-generated.test.ts',
  'test/migration/sources/guard.test.ts',
  'test/migration/sources/hostile.test.ts',
  'test/**/sniff.test.ts',
  'test/**/threads.test.ts',
  'test/migration/threads/csv-threads.test.ts',
  'test/migration/threads/shapes.test.ts',
  'test/migration/threads/lines.test.ts',
  'test/**/page.test.ts',
  'test/present/check/speeds-here.test.ts',
  'test/recognize/convert.test.ts',
  'test/recognize/wrappers.test.ts',
  'test/vectors.test.ts',
  'test/verify.test.ts',
];

const everything = ['test/**/*.test.ts'];
const project = (name: string, include: readonly string[], exclude: readonly string[] = [], isolate = true) => ({
  extends: true as const,
  test: { name, include: [...include], exclude: [...configDefaults.exclude, ...exclude], isolate },
});

export default defineConfig({
  test: {
    globalSetup: ['test/support/generated-sources.ts'],
    // A table of tests without rows is a failure, not silence.
    setupFiles: ['test/support/refuse-empty-tables.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two files at a time: several of them fill both cores.
    maxWorkers: 2,
    slowTestThreshold: 5_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      // Run by the build and in threads of their own, where nothing is counted.
      exclude: ['src/**/*.d.ts', 'src/**/worker.ts', 'src/cli/**'],
      reporter: ['text-summary', 'html', 'json-summary'],
      reportOnFailure: true,
      // A little under what was measured. Folders that are not here were not measured yet.
      thresholds: {
        'src/encoding/**': { lines: 96, branches: 92 },
        'src/hashers/**': { lines: 82, branches: 69 },
        'src/targets/**': { lines: 97, branches: 90 },
        'src/policy.ts': { lines: 99, branches: 99 },
        'src/registry.ts': { lines: 99, branches: 94 },
        'src/validate.ts': { lines: 94, branches: 93 },
        'src/verify.ts': { lines: 99, branches: 99 },
      },
    },
    projects: [
      // On src: watches, needs no build and no browser, and takes less than a minute with the next one. A process of its own
      // for each file took two thirds more.
      project('unit', everything, [...APART, ...ON_DIST, ...IN_BROWSER, ...PACKAGED, ...SLOW, ...ON_MUTANTS], false),
      project('apart', APART),
      project('slow', SLOW),
      project('built', ON_DIST),
      project('browser', IN_BROWSER),
      project('packaged', PACKAGED),
    ],
  },
});
