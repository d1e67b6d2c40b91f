import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The suite runs against dist, as users do: `npm test` builds it first.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two files at a time: several of them fill both cores.
    maxWorkers: 2,
    slowTestThreshold: 5_000,
  },
});
