/** digestry/migration: pre-validation of user exports. */

export {
  type DiscoverFinding,
  type DiscoverOptions,
  type DiscoverResult,
  discover,
  type KnownPassword,
  type ThreadedOptions,
} from '../discover/index.js';
export { InputProblem } from '../files/input-problem.js';
export { OutputProblem } from '../files/output-problem.js';
export type {
  CanarySuggestion,
  DigestReading,
  DigestReadingKind,
  PasswordReading,
  PasswordReadingKind,
  SaltConstruction,
} from '../reports/canary-suggestion.js';
export type {
  CanaryReport,
  CheckReport,
  Example,
  HasherCounts,
  OutFormat,
  OutputReport,
  ReportFinding,
  RowCode,
  Severity,
  SharedValues,
  Totals,
} from '../reports/check-report.js';
export { type CheckOptions, check } from './check.js';
export type { OutputOptions } from './output/outputs.js';
export { type FirebaseHashConfig, parseFirebaseConfig, type SourceName } from './sources/index.js';
