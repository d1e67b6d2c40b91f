/** Files that are to hold a report as JSON, and may hold anything. */
import { isRecord, type JsonRecord, parseJson } from '../encoding/json.js';
import { readWhole } from '../files/reading.js';
import { readProblem } from './input/open.js';
import { decodeText } from './input/text.js';
import { InputProblem, inFile } from './problem.js';

export interface ReportFileOptions {
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** No report nests deeper. What does is refused before something recursive goes through it. */
const MAX_DEPTH = 32;

/**
 * The text of a report. A shell may have written it with a byte order mark, or in UTF-16.
 * @returns undefined where the file is longer than `maxBytes`.
 * @throws {InputProblem} where it cannot be read, or is no text; the signal's reason after an abort.
 */
export async function readReportText(file: string, options: ReportFileOptions): Promise<string | undefined> {
  let bytes: Buffer | undefined;
  try {
    bytes = await readWhole(file, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw inFile(readProblem(error), file);
  }
  try {
    return bytes && (await textIn(bytes));
  } catch (error) {
    throw error instanceof InputProblem ? inFile(error, file) : error;
  }
}

async function textIn(bytes: Buffer): Promise<string> {
  let text = '';
  for await (const part of decodeText(once(bytes))) text += part;
  return text;
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  if (bytes.length > 0) yield bytes;
}

/**
 * The JSON in the text of a report.
 * @throws {InputProblem} where it is none, or none of a report: says what it is instead.
 */
export function parseReportText(text: string): unknown {
  const value = parseJson(text);
  if (value === undefined) throw new InputProblem(`this is no JSON: ${describeText(text)}`);
  if (isDeeperThan(value, MAX_DEPTH)) throw new InputProblem('this is JSON that is nested deeper than any report');
  return value;
}

function describeText(text: string): string {
  const start = text.trimStart();
  if (start === '') return 'the file is empty';
  if (/^<(?:!doctype|html|\?xml)/i.test(start)) return 'it is a page; give the report that --json printed';
  if (!/^[[{]/.test(start)) return 'it begins as another text';
  const [first = ''] = start.split('\n', 1);
  const isLines = start.length > first.length && isRecord(parseJson(first));
  return isLines ? 'it is NDJSON, one value a line' : 'it is damaged or was cut off';
}

/** What JSON is that is no report of a check; undefined where nothing is known of it. */
export function describeJson(value: unknown): string | undefined {
  if (Array.isArray(value)) return 'a list';
  if (!isRecord(value)) return value === null ? 'null' : `a ${typeof value}`;
  const has = (...names: readonly string[]) => names.every((name) => Object.hasOwn(value, name));
  if (has('machine', 'results')) return 'a report of digestry bench';
  if (has('demand', 'mix')) return 'a plan of digestry plan';
  if (has('calibrations')) return 'what digestry calibrate printed';
  if (has('reference', 'backends')) return 'what digestry doctor printed';
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
