/** The options of a check. */
import type { Readable } from 'node:stream';
import { isAbortSignalLike } from '../encoding/brand.js';
import { checkedOptions, describeReceived } from '../encoding/received.js';
import { checkRegistry, type Registry } from '../registry.js';
import type { Shard } from '../reports/check-report.js';
import type { ImportTarget, TargetName } from '../targets/index.js';
import type { LimitOptions } from '../types.js';
import { outFormats } from './output/formats.js';
import type { OutputOptions } from './output/outputs.js';
import type { SourceName, SourceOptions } from './sources/index.js';

export interface CheckOptions extends Omit<SourceOptions, 'saltField'>, OutputOptions {
  readonly source?: SourceName | 'auto' | undefined;
  readonly target?: TargetName | ImportTarget | undefined;
  readonly limits?: LimitOptions | undefined;
  readonly registry?: Registry | undefined;
  /** Read for the file `-`. */
  readonly stdin?: Readable | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For one large file; one per core by default. The result is the same. */
  readonly threads?: number | undefined;
  /** Only this part of the files, `index` from 0: the blocks that begin in it. Plain files in UTF-8. */
  readonly shard?: Shard | undefined;
  /** A CSV of `id,password`: known passwords, which are verified against the digests of their rows. */
  readonly canaries?: string | undefined;
  /** Tried where canaries do not match. Secret: reported by their number. */
  readonly canaryPeppers?: readonly string[] | undefined;
  /** Files of the caller's that no output may be written over. */
  readonly reads?: readonly string[] | undefined;
  /**
   * Called after each batch with the rows and bytes so far, and with all bytes of the files; undefined where one of them
   * is a pipe.
   */
  readonly onProgress?: ((rows: number, bytes: number, totalBytes: number | undefined) => void) | undefined;
}

/** What a value must be, and whether it is. */
type Rule = readonly [what: string, fits: (value: unknown) => boolean];

const TEXT: Rule = ['a string', (value) => typeof value === 'string'];
const TEXTS: Rule = ['an array of strings', isTexts];
const OBJECT: Rule = ['an object', (value) => typeof value === 'object' && value !== null];
const CHECKED_ELSEWHERE: Rule = ['', () => true];

const RULES: Readonly<Record<keyof CheckOptions, Rule>> = {
  source: TEXT,
  target: ['the name of a target, or a target', (value) => typeof value === 'string' || hasNameAndRules(value)],
  limits: CHECKED_ELSEWHERE,
  registry: CHECKED_ELSEWHERE,
  threads: CHECKED_ELSEWHERE,
  stdin: ['a readable stream', (value) => hasMethods(value, [Symbol.asyncIterator, 'destroy'])],
  stdout: ['a writable stream', (value) => hasMethods(value, ['write', 'on'])],
  signal: ['an AbortSignal', (value) => value === null || (isAbortSignalLike(value) && 'throwIfAborted' in value)],
  shard: OBJECT,
  canaries: TEXT,
  canaryPeppers: TEXTS,
  reads: TEXTS,
  onProgress: ['a function', (value) => typeof value === 'function'],
  out: TEXT,
  outFormat: [`one of ${outFormats.join(', ')}`, (value) => (outFormats as readonly unknown[]).includes(value)],
  rejects: TEXT,
  idField: TEXT,
  hasherField: TEXT,
  digestField: TEXT,
  hasher: TEXT,
  firebase: OBJECT,
  pepper: TEXT,
  columns: TEXTS,
  table: TEXT,
};

/** @throws {TypeError} where the files are not paths; on an unknown option, or a value that it cannot have. */
export function checkOptions(files: readonly string[], given: CheckOptions): CheckOptions {
  if (!isTexts(files) || files.length === 0) {
    const received = Array.isArray(files) ? 'an array without, or with other values' : describeReceived(files);
    throw new TypeError(`check: files must be an array of paths (received ${received})`);
  }
  const options = checkedOptions('check', given, Object.keys(RULES));
  for (const [name, [what, fits]] of Object.entries(RULES)) {
    const value = options[name as keyof CheckOptions];
    if (value === undefined || fits(value)) continue;
    throw new TypeError(`check: ${name} must be ${what} (received ${describeReceived(value)})`);
  }
  checkRegistry('check', options.registry);
  return options;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function hasNameAndRules(value: unknown): boolean {
  const { name, rules } = (value ?? {}) as Partial<ImportTarget>;
  return typeof name === 'string' && typeof rules === 'object' && rules !== null;
}

function hasMethods(value: unknown, names: readonly PropertyKey[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return names.every((name) => typeof (value as Record<PropertyKey, unknown>)[name] === 'function');
}
