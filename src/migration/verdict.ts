/** What a report comes to, and what to do next: the same sentences on a terminal and on a page. */
import { grouped } from '../charts/text.js';
import type { Report } from './report.js';

export type Mood = 'good' | 'warning' | 'bad';

export interface Sentence {
  readonly mood: Mood;
  readonly text: string;
}

/** The first is the verdict on the digests. */
export function verdictOf(report: Report): readonly [Sentence, ...Sentence[]] {
  const verdict = verdictOnDigests(report);
  if (report.canaries.mismatched === 0) return [verdict];
  return [verdict, { mood: 'bad', text: 'Known passwords do not match: import nothing before they do.' }];
}

function verdictOnDigests({ totals, input, output }: Report): Sentence {
  const whole = totals.ok + totals.warned;
  if (input.problem !== undefined) return { mood: 'bad', text: 'The input was not read to its end.' };
  if (whole + totals.rejected === 0) return { mood: 'warning', text: 'No row has a digest.' };
  if (totals.rejected === 0) {
    const text = whole === 1 ? 'The one digest will verify.' : `All ${grouped(whole)} digests will verify.`;
    return { mood: 'good', text };
  }
  const of = grouped(whole + totals.rejected);
  const as = output?.out === undefined ? ' as they are' : '';
  return { mood: 'bad', text: `${grouped(totals.rejected)} of ${of} digests will never verify${as}.` };
}

/** What to do now, in this order; empty where nothing is left but to import. */
export function nextSteps({ totals, target, input, output, findings, canaries }: Report): readonly string[] {
  if (input.problem !== undefined) return ['Mend the input and check it again: this report is of its beginning.'];
  const whole = totals.ok + totals.warned;
  if (whole + totals.rejected === 0) {
    return ['Export the users with their digests: many platforms leave them out unless they are asked.'];
  }
  const steps: string[] = [];
  if (canaries.mismatched > 0) {
    steps.push('Find out why known passwords do not match: what is said of them may name the reason.');
  }
  if (totals.rejected > 0) {
    steps.push('Mend these rows in the export as the findings say, or leave them out, and check it again.');
  }
  if (output?.out === undefined && findings.some(({ code }) => code === 'NOTE_CONVERTED')) {
    steps.push('Converted digests are not what the export has: import what --out FILE writes.');
  } else if (output?.out === undefined && totals.rejected > 0) {
    steps.push('--out FILE writes the rows that will verify, with what can be converted or repaired.');
  }
  if (target === null && whole > 0) {
    steps.push('Ask whether a service takes them: --target clerk, or another; digestry check --help lists them.');
  }
  if (whole > 0 && canaries.matched + canaries.mismatched === 0) {
    steps.push('Before you import, try passwords that you know, of users of your own: --canaries FILE.');
  }
  return steps;
}
