import { defineConfig } from 'vitest/config';
import { PARTS } from './parts.mjs';

const { tests = [], messages = [], settlesMs = 25_000, runs } = PARTS[process.env['MUTATION_PART'] ?? ''] ?? {};
const own = messages.length > 0 ? ['loads', 'messages'] : ['loads'];
const include = [...own.map((name) => `test/mutation/${name}.test.ts`), ...tests];

// A promise that a mutant never settles costs this much.
export default defineConfig({
  test: {
    include,
    testTimeout: settlesMs,
    setupFiles: runs === undefined ? [] : ['test/mutation/few-runs.ts'],
  },
});
