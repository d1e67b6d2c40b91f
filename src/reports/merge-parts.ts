/** Which reports can be merged: all parts of each export, once, and checked in the same way. */
import { InputProblem } from '../files/input-problem.js';
import type { CanaryReport, CheckReport, MissingShards, Shard } from './check-report.js';

export interface Part {
  /** Where the report was read, for messages. */
  readonly name: string;
  readonly report: CheckReport;
}

const SHOWN_MISSING = 8;

/** Merged reports cannot be merged again: which rows they share is lost. */
export function checkUnmerged(parts: readonly Part[]): void {
  for (const { name, report } of parts) {
    if (report.merged === undefined) continue;
    throw new InputProblem('already-merged', 'the report is itself merged', {
      file: name,
      fix: 'merge the reports of all parts at once',
    });
  }
}

/** The parts of one export together, in the order of its shards. */
export function groupByFiles(parts: readonly Part[]): Part[][] {
  const sets = new Map<string, Part[]>();
  for (const part of parts) {
    const key = JSON.stringify(part.report.input.files);
    const set = sets.get(key);
    if (set === undefined) sets.set(key, [part]);
    else set.push(part);
  }
  return [...sets.values()].map((set) => set.sort((a, b) => shardIndex(a) - shardIndex(b)));
}

function shardIndex({ report }: Part): number {
  return report.input.shard?.index ?? 0;
}

/** Parts of one export are all its shards, each once, or one report of all of it. */
export function checkAlike(set: readonly Part[]): void {
  const [first, ...others] = set as [Part, ...Part[]];
  let before = first;
  for (const part of others) {
    const [a, b] = [before.report.input.shard, part.report.input.shard];
    if (a === undefined || b === undefined) {
      const file = part.name;
      if (a === b) {
        const fix =
          part.report.input.files[0] === '-'
            ? 'exports read from stdin cannot be distinguished; check files instead'
            : 'give each report once';
        throw new InputProblem('same-export', `it is of the same export as ${before.name}`, { file, fix });
      }
      throw new InputProblem(
        'shard-and-whole',
        `one of this and ${before.name} is of a shard, and the other of all of the export`,
        {
          file,
          fix: 'give the reports of the shards, or the one report of all of it',
        },
      );
    }
    if (a.of !== b.of) {
      throw new InputProblem('other-shard-count', `it is one of ${b.of} shards, and ${before.name} one of ${a.of}`, {
        file: part.name,
        fix: 'check all shards of an export with the same number of them: --shard I/N',
      });
    }
    if (a.index === b.index) {
      throw new InputProblem('same-shard', `shard ${shardText(b)} is in ${before.name} too`, {
        file: part.name,
        fix: 'give each report once',
      });
    }
    before = part;
  }
}

/** What decides over the counts: parts that were asked other questions have no common answer. */
export function checkSameQuestions(parts: readonly Part[]): void {
  const known = parts.map(({ report }) => knownCanaries(report.canaries));
  const [first] = parts as readonly [Part, ...Part[]];
  // A part without rows, or one that could not be read, does not name its source or outputs.
  const telling = parts.filter(({ report }) => report.input.rows > 0 && report.input.problem === undefined);
  const isShard = parts.some(({ report }) => report.input.shard !== undefined);
  for (const [i, { name, report }] of parts.entries()) {
    const refuse = (what: string, fix: string): InputProblem =>
      new InputProblem('other-rules', `it was checked with another ${what} than ${first.name}`, { file: name, fix });
    if (report.target !== first.report.target) throw refuse('target', 'check all parts with the same --target');
    if (known[i] !== known[0] && report.input.problem === undefined && first.report.input.problem === undefined) {
      throw refuse('set of known passwords', 'check all parts with the same --canaries');
    }
  }
  const [model, ...rest] = telling;
  if (model === undefined) return;
  for (const { name, report } of rest) {
    const refuse = (what: string, fix: string): InputProblem =>
      new InputProblem('other-rules', `it was checked ${what} than ${model.name}`, { file: name, fix });
    const { input, output } = model.report;
    if (isShard && (report.input.source !== input.source || report.input.format !== input.format)) {
      throw refuse('as of another source or format', 'check all shards with the same --source');
    }
    if ((report.output?.out === undefined) !== (output?.out === undefined)) {
      throw refuse(
        'with another use of --out',
        'check all parts with --out, or all without: it decides what is counted',
      );
    }
  }
}

export function findMissing(set: readonly Part[]): MissingShards[] {
  const { files, shard } = (set[0] as Part).report.input;
  if (shard === undefined) return [];
  const there = new Set(set.map(shardIndex));
  const indexes = Array.from({ length: shard.of }, (_, index) => index).filter((index) => !there.has(index));
  return indexes.length === 0 ? [] : [{ files, of: shard.of, indexes }];
}

export function missingShardsProblem({ files, of, indexes }: MissingShards): InputProblem {
  return new InputProblem(
    'missing-shards',
    `${formatMissing({ files, of, indexes })}; shards are numbered 0 to ${of - 1}`,
    {
      fix: `check it: digestry check ${files.join(' ')} --shard ${indexes[0]}/${of} --json; or merge what there is: --partial`,
    },
  );
}

/** `shards 3, 5 of 8 are missing (users.csv)` */
export function formatMissing({ files, of, indexes }: MissingShards): string {
  const more = indexes.length > SHOWN_MISSING ? ` and ${indexes.length - SHOWN_MISSING} more` : '';
  const shown = indexes.slice(0, SHOWN_MISSING).join(', ') + more;
  return `${indexes.length === 1 ? 'shard' : 'shards'} ${shown} of ${of} ${indexes.length === 1 ? 'is' : 'are'} missing (${files.join(', ')})`;
}

function shardText({ index, of }: Shard): string {
  return `${index}/${of}`;
}

/** How many known passwords the check was given. */
export function knownCanaries({ matched, mismatched, missing, rejected }: CanaryReport): number {
  return matched + mismatched + missing + rejected.reduce((sum, { count }) => sum + count, 0);
}

export function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}
