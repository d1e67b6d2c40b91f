/** Findings of several reports as one list: those of one kind are one. */
import type { CheckReport, Example, ReportFinding } from './check-report.js';
import { sortFindings } from './finding-order.js';

const EXAMPLES = 3;

export function mergeFindings(reports: readonly CheckReport[], files: readonly string[]): readonly ReportFinding[] {
  const merged = new Map<string, ReportFinding>();
  for (const { findings, input } of reports) {
    for (const finding of findings) {
      const before = merged.get(finding.kind);
      const placed = { ...finding, examples: placeExamples(files, input.files, finding.examples) };
      merged.set(finding.kind, before === undefined ? placed : joined(before, placed, files));
    }
  }
  return sortFindings([...merged.values()].map((finding) => withinParts(finding, reports)));
}

/** Two of a kind: the message is that of the first row. */
function joined(a: ReportFinding, b: ReportFinding, files: readonly string[]): ReportFinding {
  const examples = firstExamples([...a.examples, ...b.examples], files);
  const first = examples[0] !== undefined && !a.examples.includes(examples[0]) ? b : a;
  return { ...first, count: a.count + b.count, examples };
}

/** What was counted in each part alone says so. */
function withinParts(finding: ReportFinding, reports: readonly CheckReport[]): ReportFinding {
  const of = (name: 'ids' | 'salts'): number =>
    reports.reduce((sum, { duplicates }) => sum + duplicates[name].values, 0);
  switch (finding.code) {
    case 'WARN_ID_DUPLICATE':
      return {
        ...finding,
        message: `${of('ids')} times an id is on several rows of one part (of two parts this is not known); an import takes the first and refuses the others`,
      };
    case 'NOTE_SALT_SHARED':
      return {
        ...finding,
        message: `${of('salts')} times a salt is on several rows of one part (of two parts this is not known): one search finds the passwords of all of them`,
      };
    default:
      return finding;
  }
}

/** With one file its name would only repeat. */
export function placeExamples(
  files: readonly string[],
  own: readonly string[],
  examples: readonly Example[],
): readonly Example[] {
  if (files.length === 1) return examples;
  return examples.map(({ file = own[0] as string, line, id }) => ({ file, line, id }));
}

export function firstExamples(examples: readonly Example[], files: readonly string[]): readonly Example[] {
  const at = ({ file }: Example): number => (file === undefined ? 0 : files.indexOf(file));
  return [...examples].sort((a, b) => at(a) - at(b) || a.line - b.line).slice(0, EXAMPLES);
}
