import { defineConfig } from 'vitest/config';
import { PARTS } from './parts.mjs';

const { tests } = PARTS[process.env['MUTATION_PART'] ?? ''] ?? { tests: [] };

export default defineConfig({ test: { include: [...tests], testTimeout: 60_000 } });
