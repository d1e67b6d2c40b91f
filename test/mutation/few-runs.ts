/** Properties run for each mutant, so they run less often than in the suite; from a fixed seed, so that scores are comparable. */
import fc from 'fast-check';
import { PARTS } from './parts.mjs';

const { runs } = PARTS[process.env['MUTATION_PART'] ?? ''] ?? {};
fc.configureGlobal({ seed: 20_260_811, ...(runs !== undefined && { numRuns: runs }) });
