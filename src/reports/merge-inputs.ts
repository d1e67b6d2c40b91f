/** What was read, of several reports together. */
import type { CheckReport } from './check-report.js';
import { sum } from './merge-parts.js';

export function mergeInputs(
  reports: readonly CheckReport[],
  files: readonly string[],
  rows: number,
): CheckReport['input'] {
  const inputs = reports.map(({ input }) => input);
  const telling = inputs.some((input) => input.rows > 0) ? inputs.filter((input) => input.rows > 0) : inputs;
  const [format, ...formats] = new Set(telling.map((input) => input.format));
  const [source, ...sources] = new Set(telling.map((input) => input.source));
  const reasons = new Set(telling.flatMap(({ sourceReason }) => (sourceReason === undefined ? [] : [sourceReason])));
  const problem = inputs.find((input) => input.problem !== undefined)?.problem ?? unreadShards(inputs);
  return {
    files,
    bytes: sum(inputs, ({ bytes }) => bytes),
    rows,
    format: formats.length > 0 ? 'mixed' : (format as CheckReport['input']['format']),
    source: sources.length > 0 ? 'mixed' : (source as string),
    ...(reasons.size > 0 && { sourceReason: [...reasons].join('; ') }),
    ...(problem && { problem }),
  };
}

/** What a check of all of an export would have said, where no shard of it has a digest. */
function unreadShards(inputs: readonly CheckReport['input'][]): CheckReport['input']['problem'] {
  const exports = new Map<string, CheckReport['input'][]>();
  for (const input of inputs) {
    if (input.shard === undefined) continue;
    const key = JSON.stringify(input.files);
    exports.set(key, [...(exports.get(key) ?? []), input]);
  }
  for (const shards of exports.values()) {
    // Where a shard is missing, it may have the rows.
    if (shards.length < (shards[0]?.shard?.of ?? 0)) continue;
    const filled = shards.filter(({ rows }) => rows > 0);
    const [first] = filled;
    const file = shards[0]?.files.length === 1 ? { file: shards[0].files[0] as string } : {};
    if (first === undefined)
      return { code: 'no-rows', ...file, message: 'the file has no rows', fix: 'export it again' };
    if (first.withoutDigests !== undefined && filled.every(({ withoutDigests }) => withoutDigests !== undefined)) {
      return { code: 'no-digest-field', ...file, ...first.withoutDigests };
    }
  }
  return undefined;
}
