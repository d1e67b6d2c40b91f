/** What the readers of check and bench reports share: pieces of their schemas, and the message on what does not fit. */
import * as v from 'valibot';
import { isRecord } from '../encoding/json.js';
import { InputProblem } from '../files/input-problem.js';
import type { Params } from '../types.js';
import { describeJson } from './report-file.js';

export const text: v.GenericSchema<string> = v.string('must be a string');
export const flag: v.GenericSchema<boolean> = v.boolean('must be true or false');

const COUNT = 'must be a non-negative integer';
export const count: v.GenericSchema<number> = v.pipe(v.number(COUNT), v.safeInteger(COUNT), v.minValue(0, COUNT));

export function wholeNumber(most: number): v.GenericSchema<number> {
  const message = `must be an integer from 1 to ${most}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(1, message), v.maxValue(most, message));
}

/** Durations, rates and sizes: what is more was not measured. */
const MOST = 1e15;
const AMOUNT = 'must be a number from 0 to 1e15';
export const amount: v.GenericSchema<number> = v.pipe(
  v.number(AMOUNT),
  v.minValue(0, AMOUNT),
  v.maxValue(MOST, AMOUNT),
);

const POSITIVE = 'must be a number over 0 and up to 1e15';
export const positive: v.GenericSchema<number> = v.pipe(
  v.number(POSITIVE),
  v.gtValue(0, POSITIVE),
  v.maxValue(MOST, POSITIVE),
);

export function list<T>(item: v.GenericSchema<T>): v.GenericSchema<T[]> {
  return v.array(item, 'must be an array') as unknown as v.GenericSchema<T[]>;
}

type RecordSchema<Entries extends v.ObjectEntries> = v.ObjectSchema<Entries, v.ErrorMessage<v.ObjectIssue>>;

/** Unknown fields are accepted: a newer version may have added them. */
export function record<Entries extends v.ObjectEntries>(entries: Entries): RecordSchema<Entries> {
  return v.object(entries, ({ expected }) => (expected === 'Object' ? 'must be an object' : 'is missing'));
}

/** An object with names of the file's own, `__proto__` among them. Messages have `*` for a name: it may be anything. */
export function dictionary<T>(schema: v.GenericSchema<T>): v.GenericSchema<Record<string, T>> {
  return v.pipe(
    v.custom<Record<string, T>>(isRecord, 'must be an object'),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      for (const value of Object.values(dataset.value)) {
        const issue = firstIssue(schema, value);
        if (issue === undefined) continue;
        const here = { type: 'unknown', origin: 'value', input: dataset.value, key: '*', value } as const;
        addIssue({ message: issue.message, path: [here, ...(issue.path ?? [])] });
        return;
      }
    }),
  );
}

export const params: v.GenericSchema<Params> = dictionary<number | string>(
  v.union([v.pipe(v.number(), v.finite()), v.string()], 'must be a number or a string'),
);

function firstIssue(schema: v.GenericSchema, value: unknown): v.BaseIssue<unknown> | undefined {
  const { issues } = v.safeParse(schema, value, { abortEarly: true, abortPipeEarly: true });
  return issues?.[0];
}

/** Which report is expected. */
export interface Expected {
  /** `digestry check` */
  readonly command: string;
  readonly fix: string;
}

/**
 * The value as it is, once it fits the schema.
 * @throws {InputProblem} with the path of the first field that does not fit, and what it must be.
 */
export function parseReport<T>(schema: v.GenericSchema<T>, value: unknown, { command, fix }: Expected): T {
  const issue = firstIssue(schema, value);
  if (issue === undefined) return value as T;
  const known = describeJson(value);
  const isOther = known !== undefined && known !== `a report of ${command}`;
  const path = v.getDotPath(issue);
  const what = isOther ? `it is ${known}` : path === null ? `it ${issue.message}` : `${path} ${issue.message}`;
  throw new InputProblem('invalid-report', `not a report of ${command}: ${what}`, { fix });
}
