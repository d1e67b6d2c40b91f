/** What the rest of digestry uses of benches. */
export { type BenchProgress, bench } from './bench.js';
export { budgetFor } from './budget.js';
export { type BenchCase, selectCases } from './cases.js';
export { type Compared, compareReports, type Ratio } from './compare.js';
export type { GivenParams } from './sets.js';
export { backendNames } from './subject.js';
