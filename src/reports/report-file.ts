/** Reports as JSON in a file, which may hold anything: read, bounded, and described where they are something else. */
import { isRecord, type JsonRecord, parseJson } from '../encoding/json.js';
import { InputProblem } from '../files/input-problem.js';
import type { WholeOptions } from '../files/reading.js';
import { readTextFile } from '../files/text-file.js';

/** The largest real ones have some hundred KiB: findings, parameters and results are bounded, rows are not in them. */
const MAX_REPORT_BYTES = 16 * 1024 * 1024;
/** No report nests deeper. Checked before anything recursive goes through the value. */
const MAX_DEPTH = 32;

/** Makes a report of what the file has. @throws {InputProblem} */
export type Parse<T> = (value: unknown) => T;

export type ReadReportOptions = Pick<WholeOptions, 'signal' | 'stdin'>;

/**
 * @param fix for a file that can be read and is not the report.
 * @throws {InputProblem} where it cannot be read, is too large or is something else; the signal's reason after an abort.
 */
export async function readReportFile<T>(
  file: string,
  parse: Parse<T>,
  fix: string,
  options: ReadReportOptions,
): Promise<T> {
  try {
    return parse(parseReportText(await readTextFile(file, { ...options, maxBytes: MAX_REPORT_BYTES })));
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    throw new InputProblem(error.code, error.message, { file, fix: error.fix ?? fix });
  }
}

function parseReportText(text: string): unknown {
  const value = parseJson(text);
  if (value === undefined) throw new InputProblem('not-json', `not JSON: ${describeText(text)}`);
  if (isDeeperThan(value, MAX_DEPTH))
    throw new InputProblem('nested-too-deep', `JSON nested too deep for a report (limit ${MAX_DEPTH})`);
  return value;
}

function describeText(text: string): string {
  const start = text.trimStart();
  if (start === '') return 'the file is empty';
  if (/^<(?:!doctype|html|\?xml)/i.test(start)) return 'it is an HTML page; pass the report that --json printed';
  if (!/^[[{]/.test(start)) return 'it is another kind of text';
  const [first = ''] = start.split('\n', 1);
  const isLines = start.length > first.length && isRecord(parseJson(first));
  return isLines ? 'it is NDJSON, one value per line' : 'it is damaged or was cut off';
}

/** What JSON that is not the expected report is instead; undefined where that is not known. */
export function describeJson(value: unknown): string | undefined {
  if (Array.isArray(value)) return 'an array';
  if (!isRecord(value)) return value === null ? 'null' : `a ${typeof value}`;
  const has = (...names: readonly string[]) => names.every((name) => Object.hasOwn(value, name));
  if (has('machine', 'results')) return 'a report of digestry bench';
  if (has('totals', 'findings')) return 'a report of digestry check';
  if (has('demand', 'mix')) return 'a plan of digestry plan';
  if (has('calibrations')) return 'the output of digestry calibrate';
  if (has('reference', 'backends')) return 'the output of digestry doctor';
  if (has('code', 'line', 'id')) return 'a rejected row';
  if (has('passwordHasher', 'passwordDigest')) return 'a user, not a report';
  return holdsUsers(value) ? 'an export, not the report of its check' : undefined;
}

function holdsUsers(value: JsonRecord): boolean {
  return ['users', 'accounts', 'data', 'records'].some((name) => Array.isArray(value[name]));
}

/** Level by level, without recursion. */
function isDeeperThan(value: unknown, most: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}
