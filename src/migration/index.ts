/** digestry/migration: pre-validation of user exports. */
export { type CheckOptions, check } from './check.js';
export type { Example, HasherCounts, Report, ReportFinding, Severity, Totals } from './report.js';
export { type FirebaseHashConfig, parseFirebaseConfig } from './sources/firebase-config.js';
export type { SourceName } from './sources/index.js';
