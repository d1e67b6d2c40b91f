/** The report of a check as one page of HTML: no script, no network, nothing outside of it. */

import { clerkRegistry } from '../../library.js';
import type { Registry } from '../../registry.js';
import type { CheckReport } from '../../reports/check-report.js';
import { type Content, type Markup, markup, shareBar } from '../charts/index.js';
import { htmlDocument } from '../html/document.js';
import { nameText, type Section, shortened } from '../html/section.js';
import { formatCount, formatPercent } from '../quantity.js';
import { findingsSection } from './findings.js';
import { hashersSection, parametersSection, strengthSection } from './hasher-sections.js';
import { loginSection } from './login-section.js';
import type { Logins } from './logins.js';
import { canariesSection, duplicatesSection, inputSection, outputsSection } from './run-sections.js';
import { fileText, listOutcomes, rowsText } from './sentences.js';
import { describeVerdict, type Mood, nextSteps, type Sentence } from './verdict.js';

export interface PageOptions {
  /** Hashers that are known. Default: the 22. */
  readonly registry?: Registry | undefined;
  /** Cost of logins; left out if undefined. */
  readonly logins?: Logins | undefined;
  /** Said at the foot of the page. */
  readonly madeBy?: string | undefined;
  readonly date?: Date | undefined;
}

/**
 * The page, of bounded size whatever the report. It has ids of users as examples, and no piece of a digest; who may see
 * the ids may see the page.
 */
export function reportPage(report: CheckReport, options: PageOptions = {}): string {
  const { registry = clerkRegistry, logins } = options;
  // What is worst is what is read first.
  const [verdict, ...others] = [...describeVerdict(report)].sort((a, b) => RANK[a.mood] - RANK[b.mood]) as [
    Sentence,
    ...Sentence[],
  ];
  const sections = [
    canariesSection(report),
    findingsSection(report, 'error'),
    findingsSection(report, 'warning'),
    hashersSection(report, registry),
    parametersSection(report),
    strengthSection(report, registry),
    logins && loginSection(logins),
    findingsSection(report, 'note'),
    outputsSection(report),
    duplicatesSection(report),
    inputSection(report),
  ].filter((section) => section !== undefined);
  const body = markup`<main><header class="verdict ${verdict.mood}"><p class="brand">digestry check <span>${aboutText(report)}</span></p><h1>${mark(verdict.mood)}${verdict.text}</h1>${others.map(({ text, mood }) => markup`<p class="lead ${mood}">${text}</p>`)}${problem(report)}</header>${rowsSection(report)}${next(report)}${contents(sections)}${sections.map(sectionMarkup)}</main>${foot(options)}`;
  const title = `${verdict.text} ${fileNames(report)}`;
  return htmlDocument(title, body);
}

function aboutText({ input, target }: CheckReport): string {
  const parts = [fileNames({ input }), rowsText(input.rows), `source ${nameText(input.source)}`];
  if (target !== null) parts.push(`target ${nameText(target)}`);
  return parts.join(' · ');
}

function fileNames({ input: { files } }: Pick<CheckReport, 'input'>): string {
  const [first = ''] = files;
  const name = shortened(fileText(first, 'stdin').replace(/^.*[/\\](?=.)/, ''), 60);
  return files.length > 1 ? `${name} and ${formatCount(files.length - 1)} more` : name;
}

const RANK: Readonly<Record<Mood, number>> = { bad: 0, warning: 1, good: 2 };

/** A shape, for those who do not see the colour. */
function mark(mood: Mood): Markup {
  const shapes: Readonly<Record<Mood, Markup>> = {
    good: markup`<path d="m6.5 12.5 3.6 3.6 7.4-8"/>`,
    warning: markup`<path d="M12 6.5v7M12 17v.2"/>`,
    bad: markup`<path d="m8 8 8 8M16 8l-8 8"/>`,
  };
  return markup`<svg class="mark" viewBox="0 0 24 24" width="40" height="40" aria-hidden="true"><circle cx="12" cy="12" r="12"/>${shapes[mood]}</svg>`;
}

function problem({ input }: CheckReport): Content {
  if (input.problem === undefined) return undefined;
  const { message, file, line, byteOffset, fix } = input.problem;
  const place = [
    file === undefined ? undefined : fileText(file, 'stdin'),
    line === undefined ? undefined : `line ${formatCount(line)}`,
    byteOffset === undefined ? undefined : `byte ${formatCount(byteOffset)}`,
  ].filter((part) => part !== undefined);
  return markup`<div class="advice"><p><b>${place.join(', ')}</b>${place.length > 0 ? ': ' : ''}${shortened(message)}</p>${fix === undefined ? undefined : markup`<p><b>Fix</b> ${shortened(fix)}</p>`}<p>This page covers the ${rowsText(input.rows)} before the error.</p></div>`;
}

function rowsSection(report: CheckReport): Markup {
  const { rows: all } = report.totals;
  const outcomes = listOutcomes(report);
  const parts = outcomes.map(({ name, rows, mood }) => ({ name, tone: mood, value: rows }));
  const items = outcomes.map(
    ({ name, rows, mood }) =>
      markup`<li class="${rows === 0 ? 'none' : 'some'}"><span class="chart-key tone-${mood}"></span><b>${formatCount(rows)}</b> <span class="lesser">${formatPercent(rows, all)}</span><span class="name">${name}</span></li>`,
  );
  return markup`<section aria-label="Rows">${shareBar({ title: 'Rows by outcome', parts, height: 32 })}<ul class="outcomes">${items}</ul></section>`;
}

function next(report: CheckReport): Markup {
  const steps = nextSteps(report);
  const content =
    steps.length > 0
      ? markup`<ol>${steps.map((step) => markup`<li>${step.pieces.map((piece) => (typeof piece === 'string' ? piece : markup`<code>${piece.code}</code>`))}</li>`)}</ol>`
      : markup`<p>Nothing is left to repair: import ${report.output?.out ? fileText(report.output.out.file) : 'the rows'}.</p>`;
  return markup`<section id="next"><h2>What to do next</h2>${content}</section>`;
}

function contents(sections: readonly Section[]): Markup {
  return markup`<nav aria-label="Sections"><ul>${sections.map(({ id, link }) => markup`<li><a href="#${id}">${link}</a></li>`)}</ul></nav>`;
}

function sectionMarkup({ id, title, content }: Section): Markup {
  return markup`<section id="${id}"><h2>${title}</h2>${content}</section>`;
}

function foot({ madeBy, date }: PageOptions): Markup {
  const by = madeBy === undefined ? 'digestry' : madeBy;
  const day = date === undefined ? '' : `, ${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return markup`<footer><p>Made by ${by}${day}. This page contains no password, digest or salt; it has user ids as examples.</p></footer>`;
}
