/** The page of a report as text: everything is in it, nothing of it is markup but ours, and it is never too long. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../../../src/migration/index.js';
import { formatSuggestion } from '../../../src/present/check/canary-suggestions.js';
import { reportPage } from '../../../src/present/check/check-page.js';
import { makePage } from '../../../src/present/check/make-page.js';
import { describeVerdict, nextSteps } from '../../../src/present/check/verdict.js';
import type { CanarySuggestion } from '../../../src/reports/canary-suggestion.js';
import type { CheckReport } from '../../../src/reports/check-report.js';
import { BENCH } from '../../support/bench-reports.js';
import { csvOf, temporaryFolder, USERS } from '../../support/exports.js';
import { faultIn, textOf } from '../../support/markup.js';
import { type Changed, findingWith, HOSTILE, hostileReport, reportWith } from '../../support/reports.js';
import { shown } from '../../support/secrets.js';

const SAMPLE = new URL('../../../vectors/sample/users.csv', import.meta.url).pathname;
const folder = temporaryFolder();
const textWith = (changed: Changed) => textOf(reportPage(reportWith(changed)));

describe('the page of the sample', () => {
  const page = check([SAMPLE], { target: 'clerk' }).then(async (report) => ({
    report,
    html: await makePage(report, { bench: BENCH, madeBy: 'digestry 1.2.3', date: new Date(0) }),
  }));

  test('says the verdict, what to do next and every finding, as the report has them', async () => {
    const { report, html } = await page;
    const text = textOf(html);
    for (const { text: sentence } of describeVerdict(report)) expect(text).toContain(sentence);
    for (const step of nextSteps(report)) expect(text.replaceAll(' ', '')).toContain(step.text.replaceAll(' ', ''));
    expect(report.findings.length).toBeGreaterThan(40);
    for (const { code, hasher, count, fix, examples } of report.findings) {
      for (const said of [code, hasher, fix]) if (said !== null) expect(text).toContain(said);
      expect(text).toContain(`${count.toLocaleString('en-US')} row`);
      for (const { id } of examples) expect(text).toContain(id);
    }
    const messages = report.findings.map(({ hasher, message }) => message.replace(`${hasher}: `, '').toLowerCase());
    for (const message of messages) expect(text.toLowerCase()).toContain(message);
  });

  test('says totals, hashers, duplicates, the export, and who made it', async () => {
    const { report, html } = await page;
    const text = textOf(html);
    for (const count of Object.values(report.totals)) expect(text).toContain(String(count));
    for (const name of Object.keys(report.hashers)) expect(text).toContain(name);
    for (const said of ['8 digests are used by more than one user', 'users.csv', 'Clerk', 'password_digest']) {
      expect(text).toContain(said);
    }
    expect(text).toContain('Made by digestry 1.2.3, 1970-01-01 00:00 UTC');
    expect(text).toContain('md5 (42)');
  });

  test('is well-formed, and the same for the same report', async () => {
    const { report, html } = await page;
    expect(faultIn(html)).toBeUndefined();
    const again = await makePage(report, { bench: BENCH, madeBy: 'digestry 1.2.3', date: new Date(0) });
    expect(again).toBe(html);
  });

  test('has no piece of a digest', async () => {
    const { html } = await page;
    // The policy has a hash of its own.
    const text = html.replace(/sha256-[^']*/, '');
    const digests = readFileSync(SAMPLE, 'utf8')
      .split('\n')
      .flatMap((line) => line.split(','));
    expect(digests.flatMap((digest) => shown(digest, text)).filter((piece) => !KNOWN.test(piece))).toEqual([]);
  });

  test('loads nothing, runs nothing, and its policy allows its own style sheet alone', async () => {
    const { html } = await page;
    expect(html).not.toMatch(/<(?:script|link|iframe|img|object|embed|base|form)\b/i);
    expect(html).not.toMatch(/\s(?:on[a-z]+|style|src|srcset)=/i);
    expect(html).not.toMatch(/@import|url\(/i);
    const [, style = ''] = /<style>(.*)<\/style>/s.exec(html) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(`content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;;`);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
  });
});

/** Words and runs of digits that digests and the page have alike. */
const KNOWN = /^(?:[0-9.]+|[a-z_]+)$/i;

test('the search for pieces of digests finds one where there is one', async () => {
  const { passwordDigest = '' } = USERS[0] ?? {};
  const html = reportPage(reportWith({ findings: [findingWith({ message: passwordDigest })] }));
  expect(shown(passwordDigest, html)).not.toEqual([]);
});

describe('hostile text', () => {
  const html = reportPage(hostileReport());

  test('becomes no markup, wherever it stands', () => {
    expect(faultIn(html)).toBeUndefined();
    expect(html).not.toMatch(/<(?:script|img)|<!--|\]\]>/);
    expect(html.split('&lt;script&gt;').length).toBeGreaterThan(30);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(html).not.toMatch(/[\u0000\u202e]/);
    expect(html.isWellFormed()).toBe(true);
  });

  test('as the name of a file is shown by its last part', () => {
    const name = `/home/someone/${HOSTILE}.csv`;
    const input = { ...reportWith().input, files: [name] };
    expect(faultIn(reportPage(reportWith({ input })))).toBeUndefined();
  });

  test('in an export of real rows stays text', async () => {
    const id = `"><script>alert(1)</script>`;
    const file = await folder.write(
      'hostile.csv',
      csvOf(USERS.map((user) => ({ ...user, id, passwordHasher: `${user['passwordHasher']}<b>` }))),
    );
    const page = reportPage(await check([file]));
    expect(faultIn(page)).toBeUndefined();
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<script|<b>&/);
  });
});

/** The text of the body, a line for each block. */
function linesOf(html: string): string[] {
  const body = html.slice(html.indexOf('<main'), html.indexOf('<footer'));
  return body
    .split(/<\/(?:p|li|h\d|tr|div|figcaption|summary|svg|desc|title)>/)
    .map((part) => textOf(part).trim())
    .filter((line) => line !== '');
}

const { canaries: NO_CANARIES, totals: TOTALS, input: INPUT } = reportWith();
const MATCHED = { ...NO_CANARIES, matched: 2 };
const OUT = { file: 'ready.ndjson', format: 'ndjson', rows: 9, converted: 2, repaired: 0, canonical: 0 } as const;
const SUGGESTION: CanarySuggestion = {
  ...{ kind: 'reading', hasher: 'md5_salted', digest: { kind: 'password-first' }, matched: 2, of: 2 },
};
const SHARED = { values: 2, rows: 5, exact: false };

/** Reports of which a page says something of its own. */
const SAID: Readonly<Record<string, Changed & Pick<Partial<CheckReport>, 'merged'>>> = {
  'one digest that will verify, no target': {},
  'known passwords do not match': { canaries: { ...NO_CANARIES, mismatched: 1 } },
  'rejected rows, and known passwords that do not match': {
    totals: { ...TOTALS, rows: 3, rejected: 2 },
    canaries: { ...NO_CANARIES, mismatched: 1 },
  },
  'an input that was not read to its end': {
    input: {
      ...INPUT,
      problem: {
        ...{ code: 'unclosed-quote', message: 'the quotes are not closed', file: 'a.csv' },
        ...{ line: 1234, byteOffset: 56789, fix: 'close them' },
      },
    },
  },
  'shards that are missing': { merged: { reports: 3, missing: [{ files: ['users.csv'], of: 4, indexes: [2] }] } },
  'a target': { target: 'clerk' },
  'a target and known passwords that match': { target: 'clerk', canaries: MATCHED },
  'a file that was written': { target: 'clerk', canaries: MATCHED, output: { out: OUT } },
  'no digests': { totals: { ...TOTALS, ok: 0, missing: 1 }, hashers: {} },
  'all that known passwords can show': {
    canaries: {
      ...{ matched: 3, mismatched: 2, missing: 1 },
      rejected: [{ code: 'ERR_LIMIT', hasher: 'bcrypt', count: 4, message: 'too costly' }],
      hashers: { md5_salted: { matched: 3, mismatched: 2 } },
      examples: [{ line: 5, id: 'ada' }],
      suggestions: [SUGGESTION],
    },
  },
  'files written, with changes to their rows': {
    output: { out: OUT, rejects: { file: 'no.ndjson', rows: 1 } },
    findings: [findingWith({ code: 'NOTE_CONVERTED', severity: 'note', message: 'converted from Django' })],
  },
  'duplicates that are estimated': { duplicates: { digests: 2, rows: 4, exact: false, ids: SHARED, salts: SHARED } },
  'a shard': { input: { ...INPUT, shard: { index: 2, of: 8 } } },
};

test('what a page says of a report is worded in one golden file', async () => {
  const [[, usual], ...others] = Object.entries(SAID).map(
    ([name, changed]) => [name, linesOf(reportPage(reportWith(changed)))] as const,
  ) as [readonly [string, string[]], ...(readonly [string, string[]])[]];
  // Of all others, what the first does not say.
  const said = others.map(([name, lines]) => [`# ${name}`, ...lines.filter((line) => !usual.includes(line))]);
  const text = [usual, ...said].map((lines) => lines.join('\n')).join('\n\n');
  await expect(`${text}\n`).toMatchFileSnapshot('page.golden');
});

describe('the top of the page', () => {
  const heading = (changed: Changed) =>
    textOf(/<h1>.*?<\/h1>/s.exec(reportPage(reportWith(changed)))?.[0] ?? '').trim();

  test.each(Object.entries(SAID))('is the worst that there is to say: %s', (_, changed) => {
    const sentences = describeVerdict(reportWith(changed));
    const worst = ['bad', 'warning', 'good'].flatMap((mood) => sentences.filter((one) => one.mood === mood));
    expect(heading(changed)).toBe(worst[0]?.text);
  });
});

describe('a section', () => {
  test('of known passwords has what matches, what does not, why, and by hasher', () => {
    const text = textWith(SAID['all that known passwords can show'] as Changed);
    expect(text).toContain(formatSuggestion(SUGGESTION));
    expect(text).toMatch(/\(ada\)/);
    expect(text).toMatch(/md5_salted 3 2/);
  });

  test('of files written has the changes, which are no notes then', () => {
    const html = reportPage(reportWith(SAID['files written, with changes to their rows'] as Changed));
    expect(textOf(html)).toContain('converted from Django');
    expect(html).not.toContain('id="notes"');
  });

  test('is not there where there is nothing to say', () => {
    const html = reportPage(reportWith({ hashers: {} }));
    for (const id of [
      'errors',
      'warnings',
      'notes',
      'canaries',
      'outputs',
      'hashers',
      'parameters',
      'strength',
      'logins',
    ]) {
      expect(html).not.toContain(`id="${id}"`);
    }
    expect(faultIn(html)).toBeUndefined();
  });

  test('is linked to, each by its own name', () => {
    const html = reportPage(hostileReport());
    const links = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(links));
  });
});

test('the page is short, whatever the report', async () => {
  const long = 'x'.repeat(1_000_000);
  const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
  const params = Object.fromEntries(
    many(300, (i) => [`p${i}`, Object.fromEntries(many(200, (value) => [`${value}`, 1]))]),
  );
  const hashers = Object.fromEntries(
    many(3000, (i) => [
      `h${i}`,
      { rows: 1, ok: 1, warned: 0, rejected: 0, params: i < 70 ? params : {}, parameterSets: [] },
    ]),
  );
  const examples = many(200, (line) => ({ file: long, line, id: long }));
  const suggestions = many(5000, (of): CanarySuggestion => ({ kind: 'reading', hasher: long, matched: 1, of }));
  const report = reportWith({
    input: { ...reportWith().input, files: many(5000, () => long), source: long, sourceReason: long },
    target: long,
    hashers: { ...hashers, [long]: { rows: 1, ok: 1, warned: 0, rejected: 0, params: { [long]: { [long]: 1 } } } },
    findings: many(3000, (i) =>
      findingWith({ message: `${i} ${long}`, fix: long, examples, severity: i % 2 ? 'error' : 'note' }),
    ),
    canaries: {
      ...{ matched: 1, mismatched: 1, missing: 1, examples, suggestions },
      rejected: many(5000, () => ({ code: 'ERR_LIMIT', hasher: long, count: 1, message: long })),
      hashers: Object.fromEntries(many(5000, (i) => [`h${i}`, { matched: 1, mismatched: 1 }])),
    },
  });
  const html = await makePage(report, { bench: BENCH });
  expect(html.length).toBeLessThan(4_000_000);
  expect(textOf(html)).toContain('--json');
});
