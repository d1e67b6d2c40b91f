/** What was found, the gravest first: what it is, how often, what to do, where. */
import type { Report, ReportFinding, Severity } from '../../reports/check-report.js';
import { type Content, type Markup, markup } from '../charts/index.js';
import { examplesText, folded, nameText, type Section, shortened } from '../html/section.js';
import { formatCount } from '../quantity.js';
import { isMending, messageOf, rowsText, severityTitle } from './sentences.js';

/** The rest is folded, and past the bound only counted: kinds may be a thousand. */
const OPEN: Readonly<Record<Severity, number>> = { error: 12, warning: 8, note: 6 };
const MOST = 200;

export function findingsSection({ findings, output }: Report, severity: Severity): Section | undefined {
  // What was done to the written rows is told with their file.
  const those = findings.filter((one) => one.severity === severity && !(output?.out && isMending(one)));
  if (those.length === 0) return undefined;
  const link = `${LINKS[severity]} ${formatCount(those.length)}`;
  return { id: `${severity}s`, link, title: severityTitle(severity, those), content: listOf(those, severity) };
}

const LINKS: Readonly<Record<Severity, string>> = { error: 'Errors', warning: 'Warnings', note: 'Notes' };

function listOf(findings: readonly ReportFinding[], severity: Severity): Content {
  const open = findings.slice(0, OPEN[severity]).map(card);
  const more = findings.slice(OPEN[severity], MOST).map(card);
  const left = findings.length - MOST;
  const rest =
    left > 0 ? markup`<p class="lesser">and ${formatCount(left)} more kinds: check --json has all</p>` : undefined;
  if (more.length === 0) return open;
  const summary = `${formatCount(findings.length - open.length)} more ${more.length === 1 ? 'kind' : 'kinds'}`;
  return [open, folded(summary, [more, rest])];
}

/** Also what was done to rows that were written. */
export function mendings({ findings, output }: Report): readonly ReportFinding[] {
  return output?.out === undefined ? [] : findings.filter(isMending).slice(0, MOST);
}

export function card(finding: ReportFinding): Markup {
  const { code, hasher, field, severity, count, fix, examples } = finding;
  const place = [code, hasher, field].filter((part) => part !== null).map(nameText);
  return markup`<article class="finding ${severity}"><h3>${shortened(sentence(messageOf(finding), field))}</h3><p class="count">${rowsText(count)}</p>${
    fix === null ? undefined : markup`<p class="fix"><b>Fix</b> ${shortened(fix)}</p>`
  }<p class="lesser"><code>${place.join(' · ')}</code>${examples.length === 0 ? undefined : markup`<br>${examplesText(examples)}`}</p></article>`;
}

/** A heading begins with a capital, unless it begins with a name: of the field, or such as `$2x$`. */
function sentence(text: string, field: string | null): string {
  const [, word] = /^([a-z]+)(?=,? )/.exec(text) ?? [];
  return word === undefined || word === field || NAMES.has(word) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/** Parameters and hashers that a message may begin with. */
const NAMES: ReadonlySet<string> = new Set(['bcrypt', 'cost', 'iterations', 'm', 'md5', 'p', 'phpass', 'r', 't', 'v']);
