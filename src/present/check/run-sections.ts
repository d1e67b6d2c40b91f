/** Sections about the run: known passwords, duplicates, files written, the export. */
import type { CheckReport, SharedValues } from '../../reports/check-report.js';
import { targets } from '../../targets/index.js';
import { type Content, markup } from '../charts/index.js';
import { examplesText, facts, folded, nameText, type Section, shortened } from '../html/section.js';
import { formatBytes, formatCount, formatDuration } from '../quantity.js';
import { formatSuggestion } from './canary-suggestions.js';
import { card, repairNotes } from './findings.js';
import { canarySentences, duplicatesText, fileText, NO_OTHER_READING, outputSentences, rowsText } from './sentences.js';

const MOST_FILES = 20;
const MOST_HASHERS = 60;
const MOST_SUGGESTIONS = 60;
const MOST_SENTENCES = 60;

export function canariesSection(report: CheckReport): Section | undefined {
  const { mismatched, examples, suggestions, hashers } = report.canaries;
  const sentences = canarySentences(report);
  if (sentences.length === 0) return undefined;
  const lines = sentences
    .slice(0, MOST_SENTENCES)
    .map(({ mood, text }) => markup`<li class="${mood}">${shortened(text)}</li>`);
  const why =
    mismatched === 0
      ? undefined
      : suggestions.length === 0
        ? markup`<p>${NO_OTHER_READING}</p>`
        : markup`<div class="advice">${suggestions.slice(0, MOST_SUGGESTIONS).map((one) => markup`<p>${shortened(formatSuggestion(one))}</p>`)}</div>`;
  const byHasher = Object.entries(hashers)
    .slice(0, MOST_HASHERS)
    .map(
      ([name, counts]) =>
        markup`<tr><th scope="row"><code>${nameText(name)}</code></th><td data-name="Match">${formatCount(counts.matched)}</td><td data-name="Do not match">${formatCount(counts.mismatched)}</td></tr>`,
    );
  const content: Content = [
    markup`<ul class="moods">${lines}</ul>`,
    why,
    examples.length === 0 ? undefined : markup`<p class="lesser">Not matching: ${examplesText(examples)}</p>`,
    byHasher.length === 0
      ? undefined
      : markup`<table><thead><tr><th scope="col">Hasher</th><th scope="col">Match</th><th scope="col">Do not match</th></tr></thead><tbody>${byHasher}</tbody></table>`,
  ];
  return { id: 'canaries', link: 'Known passwords', title: 'Known passwords', content };
}

export function duplicatesSection(report: CheckReport): Section {
  const { digests, ids, salts } = report.duplicates;
  const content = facts([
    ['Digests', digests === 0 ? 'each belongs to one user' : duplicatesText(report)],
    ['Ids', sharedText(ids, 'on one row each')],
    ['Salts', sharedText(salts, 'on one row each')],
  ]);
  return { id: 'duplicates', link: 'Duplicates', title: 'Duplicates', content };
}

function sharedText({ values, rows, exact }: SharedValues, none: string): string {
  if (values === 0) return none;
  return `${exact ? '' : 'about '}${formatCount(values)} on several rows (${rowsText(rows)})`;
}

export function outputsSection(report: CheckReport): Section | undefined {
  const sentences = outputSentences(report);
  if (sentences.length === 0) return undefined;
  const done = repairNotes(report);
  const content: Content = [
    sentences.map((sentence) => markup`<p>${shortened(sentence)}</p>`),
    done.length === 0 ? undefined : folded('Changes to the rows', done.map(card)),
  ];
  return { id: 'outputs', link: 'Files written', title: 'Files written', content };
}

export function inputSection(report: CheckReport): Section {
  const { timing } = report;
  const { files, bytes, rows, format, source, sourceReason, shard } = report.input;
  const names = files.slice(0, MOST_FILES).map((file) => markup`<code>${fileText(file, 'stdin')}</code><br>`);
  const left = files.length - MOST_FILES;
  const content = facts([
    [files.length === 1 ? 'File' : 'Files', [names, left > 0 ? `and ${formatCount(left)} more` : undefined]],
    ['Source', [nameText(source), sourceReason === undefined ? undefined : `: ${shortened(sourceReason)}`]],
    ['Format', `${format}, ${formatBytes(bytes)}`],
    ['Rows', formatCount(rows)],
    ['Shard', shard === undefined ? undefined : `${shard.index} of ${shard.of}`],
    ['Target', targetContent(report.target)],
    ['Checked in', `${formatDuration(timing.durationMs)}, ${formatCount(timing.rowsPerSecond)} rows per second`],
    ['Memory', `${formatBytes(timing.peakRssBytes)} at most`],
  ]);
  return { id: 'input', link: 'The export', title: 'The export', content };
}

function targetContent(name: string | null): Content {
  if (name === null) return 'none: --target checks them against the rules of a service';
  const target = targets.find((one) => one.name === name);
  if (target === undefined) return shortened(name);
  const sources = target.sources.map(({ what, url }) => markup`<li><a href="${url}">${what}</a></li>`);
  return [target.title, folded('sources of its rules', markup`<ul>${sources}</ul>`)];
}
