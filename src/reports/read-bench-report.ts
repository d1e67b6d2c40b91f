/** The one reader of bench reports. */
import * as v from 'valibot';
import type { BenchReport, BenchResult } from './bench-report.js';
import { type ReadReportOptions, readReportFile } from './report-file.js';
import {
  amount,
  count,
  type Expected,
  flag,
  list,
  params,
  parseReport,
  positive,
  record,
  text,
  wholeNumber,
} from './schema.js';

/** More than any machine has. */
const MOST_CORES = 1024;

const rate = { perSecond: positive, spread: amount, runs: count };
const percentiles = { p95Ms: amount, p99Ms: amount };

const result: v.GenericSchema<BenchResult> = record({
  hasher: text,
  label: text,
  params,
  backend: text,
  kdf: text,
  cost: record({ work: amount, memoryBytes: amount }),
  alone: record({ medianMs: positive, ...percentiles, spread: amount, runs: count }),
  batch: record({
    ...rate,
    msEach: positive,
    byLanes: list(record({ lanes: wholeNumber(MOST_CORES), perSecond: amount, batchMs: positive })),
  }),
  allCores: record({
    ...rate,
    threads: wholeNumber(MOST_CORES),
    byThreads: list(record({ threads: wholeNumber(MOST_CORES), perSecond: amount })),
    byCallers: list(record({ callers: count, perSecond: amount, p50Ms: amount, ...percentiles })),
  }),
  memory: record({ perVerificationBytes: amount, peakRssBytes: amount }),
  measuredAs: v.exactOptional(text),
});

const schema: v.GenericSchema<BenchReport> = record({
  machine: record({
    cpu: text,
    cores: wholeNumber(MOST_CORES),
    node: text,
    openssl: text,
    platform: text,
    memoryBytes: amount,
  }),
  digestry: text,
  date: text,
  noise: record({ spread: amount, noisy: flag, reason: v.exactOptional(text), referenceMs: positive }),
  results: list(result),
  skipped: list(record({ hasher: text, label: text, backend: text, reason: text })),
  interrupted: v.exactOptional(v.literal(true, 'must be true')),
});

const EXPECTED: Expected = {
  command: 'digestry bench',
  fix: 'pass a file written by: digestry bench --json > FILE',
};

/** @throws {InputProblem} with the path of the first field that does not fit. */
export function parseBenchReport(value: unknown): BenchReport {
  return parseReport(schema, value, EXPECTED);
}

/** @throws {InputProblem} where the file cannot be read or is something else; the signal's reason after an abort. */
export async function readBenchReport(file: string, options: ReadReportOptions = {}): Promise<BenchReport> {
  return await readReportFile(file, parseBenchReport, EXPECTED.fix, options);
}
