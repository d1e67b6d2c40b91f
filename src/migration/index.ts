/** digestry/migration: pre-validation of user exports. */
export { type CheckOptions, check } from './check.js';
export type { OutputOptions } from './output/outputs.js';
export { OutputProblem } from './output/problem.js';
export { InputProblem } from './problem.js';
export type {
  CanaryReport,
  Example,
  HasherCounts,
  OutFormat,
  OutputReport,
  Report,
  ReportFinding,
  RowCode,
  Severity,
  SharedValues,
  Totals,
} from './report.js';
export { type FirebaseHashConfig, parseFirebaseConfig } from './sources/firebase-config.js';
export type { SourceName } from './sources/index.js';
