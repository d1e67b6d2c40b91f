// One file of one part: scripts/mutate.ts runs it, file after file. Default mutators; what no test covers has survived.
import { PARTS } from './parts.mjs';

const { MUTATION_PART: part = '', MUTATION_FILE: file = '' } = process.env;
if (!(part in PARTS)) throw new Error('run it by npm run test:mutation -- PART');
const { settlesMs } = PARTS[part];
const name = file.replaceAll('/', '-').replace(/\.ts$/, '');

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  // Related tests of a file at the left of src would be nearly all of them.
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  mutate: [file],
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 1),
  // Long enough for a busy machine: a timeout counts as killed.
  timeoutMS: settlesMs === undefined ? 120_000 : 5 * settlesMs,
  // Stryker would rewrite it with TypeScript's compiler API, which TypeScript 7 does not have.
  tsconfigFile: 'none',
  incremental: true,
  incrementalFile: `.stryker/incremental/${name}.json`,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: false },
  jsonReporter: { fileName: `.stryker/reports/${name}.json` },
  tempDirName: `.stryker/tmp-${name}`,
  ignorePatterns: ['dist', 'coverage', '.stryker', 'bench/results', 'docs/page', 'examples'],
  allowConsoleColors: false,
};
