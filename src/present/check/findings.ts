/** What was found, the gravest first: what it is, how often, what to do, where. */
import type { CheckReport, ReportFinding, Severity } from '../../reports/check-report.js';
import { type Content, type Markup, markup } from '../charts/index.js';
import { examplesText, folded, nameText, type Section, shortened } from '../html/section.js';
import { formatCount } from '../quantity.js';
import { isRepairNote, rowsText, severityTitle } from './sentences.js';

/** The rest is folded, and past the bound only counted: kinds may be a thousand. */
const OPEN: Readonly<Record<Severity, number>> = { error: 12, warning: 8, note: 6 };
const MOST = 200;

export function findingsSection({ findings, output }: CheckReport, severity: Severity): Section | undefined {
  // Changes to written rows are shown with their file.
  const those = findings.filter((one) => one.severity === severity && !(output?.out && isRepairNote(one)));
  if (those.length === 0) return undefined;
  const link = `${LINKS[severity]} ${formatCount(those.length)}`;
  return { id: `${severity}s`, link, title: severityTitle(severity, those), content: listCards(those, severity) };
}

const LINKS: Readonly<Record<Severity, string>> = { error: 'Errors', warning: 'Warnings', note: 'Notes' };

function listCards(findings: readonly ReportFinding[], severity: Severity): Content {
  const open = findings.slice(0, OPEN[severity]).map(card);
  const more = findings.slice(OPEN[severity], MOST).map(card);
  const left = findings.length - MOST;
  const rest =
    left > 0 ? markup`<p class="lesser">and ${formatCount(left)} more kinds; check --json lists all</p>` : undefined;
  if (more.length === 0) return open;
  const summary = `${formatCount(findings.length - open.length)} more ${more.length === 1 ? 'kind' : 'kinds'}`;
  return [open, folded(summary, [more, rest])];
}

/** Also what was done to rows that were written. */
export function repairNotes({ findings, output }: CheckReport): readonly ReportFinding[] {
  return output?.out === undefined ? [] : findings.filter(isRepairNote).slice(0, MOST);
}

export function card(finding: ReportFinding): Markup {
  const { code, hasher, field, severity, count, message, fix, examples } = finding;
  const place = [code, hasher, field].filter((part) => part !== null).map(nameText);
  return markup`<article class="finding ${severity}"><h3>${shortened(message)}</h3><p class="count">${rowsText(count)}</p>${
    fix === null ? undefined : markup`<p class="fix"><b>Fix</b> ${shortened(fix)}</p>`
  }<p class="lesser"><code>${place.join(' · ')}</code>${examples.length === 0 ? undefined : markup`<br>${examplesText(examples)}`}</p></article>`;
}
