/** The built site is complete, its links work, and it loads nothing. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSite } from '../../docs/site/build.js';
import { FAMILY_TITLES } from '../../docs/site/family-page.js';
import { sourceDoc } from '../../docs/site/source-sections.js';
import { apps } from '../../scripts/examples/apps.mjs';
import { clerkHashers } from '../../src/index.js';
import { sources } from '../../src/migration/sources/index.js';
import { filesIn, ROOT } from '../meta/imports.js';

const site = mkdtempSync(join(tmpdir(), 'digestry-site-'));
const html = new Map<string, string>();

beforeAll(async () => {
  for (const path of await buildSite(site)) html.set(path, readFileSync(join(site, path), 'utf8'));
});

afterAll(() => rmSync(site, { recursive: true, force: true }));

const page = (path: string): string => html.get(path) ?? '';

/** Without scripts and styles: what is left are elements and text. */
function body(text: string): string {
  return text.replace(/<(script|style)>[\s\S]*?<\/\1>/g, '');
}

describe('the site', () => {
  test('has a page for each guide, reference and hasher, and no other file', () => {
    const files = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((path) => path.includes('.'));
    expect(files.map((path) => path.replaceAll('\\', '/')).sort()).toEqual([...html.keys()].sort());
    const needed = [
      'index',
      'identify',
      'tutorial',
      'pre-validate',
      'verify-at-login',
      'plan-capacity',
      'edge',
      'where-it-runs',
      'frameworks',
      ...Object.keys(apps).map((name) => `frameworks/${name}`),
      'exports',
      'errors',
      'add-a-hasher',
      'library',
      'command-line',
      'limits',
      'backends',
      'passwords',
      'recipes',
      ...Object.keys(FAMILY_TITLES).map((family) => `formats/${family}`),
    ];
    const wanted = [...needed, ...clerkHashers.map(({ name }) => `hashers/${name}`)].map((name) => `${name}.html`);
    expect([...html.keys()].sort()).toEqual(wanted.sort());
  });

  test('has links that lead to existing pages and headings', () => {
    const broken: string[] = [];
    let count = 0;
    for (const [path, text] of html) {
      for (const [, href = ''] of body(text).matchAll(/ href="([^"]*)"/g)) {
        if (/^(?:https?|data):/.test(href)) continue;
        count++;
        const [file = '', anchor] = href.split('#');
        const to = file === '' ? path : posix.join(posix.dirname(path), file);
        const there = html.get(to);
        if (there === undefined || (anchor !== undefined && !there.includes(` id="${anchor}"`)))
          broken.push(`${path}: ${href}`);
      }
    }
    expect(count).toBeGreaterThan(1000);
    expect(broken).toEqual([]);
  });

  test('has unique anchors on each page', () => {
    for (const [path, text] of html) {
      const ids = [...body(text).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      expect(
        ids.filter((id, i) => ids.indexOf(id) !== i),
        path,
      ).toEqual([]);
    }
  });

  test('has pages in English with a title of their own and one first-level heading', () => {
    const titles = [...html.values()].map((text) => /<title>([^<]+)<\/title>/.exec(text)?.[1]);
    expect(new Set(titles).size).toBe(html.size);
    for (const [path, text] of html) {
      expect(text.match(/<h1[ >]/g), path).toHaveLength(1);
      expect(text, path).toContain('<html lang="en">');
    }
  });

  test('loads nothing: no page has an address that a browser would fetch', () => {
    for (const [path, text] of html) {
      expect(
        text.match(/<(?:script|img|iframe|source|video|audio|object|embed)[^>]* (?:src|data|srcset)=/g),
        path,
      ).toBeNull();
      expect(
        [...text.matchAll(/<link [^>]*href="([^"]*)"/g)].every(([, href]) => href?.startsWith('data:')),
        path,
      ).toBe(true);
      expect(/<style>([\s\S]*?)<\/style>/.exec(text)?.[1], path).not.toMatch(/@import|url\(/);
    }
  });

  test('has a policy on each page that forbids to load or send anything', () => {
    for (const [path, text] of html) {
      const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
      expect(policy, path).toMatch(/^default-src 'none'; connect-src 'none'; base-uri 'none'; form-action 'none'/);
      expect(policy, path).not.toMatch(/unsafe|\*|https?:|'self'/);
      expect(policy.includes('script-src'), path).toBe(path === 'identify.html');
      expect(body(text), path).not.toMatch(/ (?:style|on[a-z]+)="/);
    }
  });
});

describe('the page of errors', () => {
  const codes = new Set<string>();
  for (const file of filesIn('src/', '.ts')) {
    const source = readFileSync(new URL(`src/${file}`, ROOT), 'utf8');
    for (const [code] of source.matchAll(/(?<=')(?:ERR|WARN|NOTE)_[A-Z_]+(?=')/g)) codes.add(code);
  }

  test('lists every code of the source, and no other', () => {
    const listed = [...page('errors.html').matchAll(/<h3 id="((?:err|warn|note)_[a-z_]+)">/g)].map(([, id = '']) =>
      id.toUpperCase(),
    );
    expect(codes.size).toBeGreaterThan(25);
    expect(listed.sort()).toEqual([...codes].sort());
  });

  test('explains each code and says what to do', () => {
    const text = readFileSync(new URL('docs/errors.md', ROOT), 'utf8');
    const sections = text.split(/^### /m).slice(1);
    expect(sections.length).toBe(codes.size);
    for (const section of sections) {
      expect(section).toMatch(/^`[A-Z_]+`\n\n\S/);
      expect(section).toContain('\n**Do:** ');
    }
  });
});

describe('the codes of files in the page of errors', () => {
  const text = readFileSync(new URL('docs/errors.md', ROOT), 'utf8');
  const sources = filesIn('src/', '.ts').map((file) => readFileSync(new URL(`src/${file}`, ROOT), 'utf8'));

  /** The type's list, and how often a code is in the source: once where nothing has it. */
  function codesIn(file: string): Map<string, number> {
    const [, union = ''] = /ProblemCode =([^;]+);/.exec(readFileSync(new URL(file, ROOT), 'utf8')) ?? [];
    const codes = [...union.matchAll(/'([a-z0-9-]+)'/g)].map(([, code]) => code as string);
    return new Map(codes.map((code) => [code, sources.join('').split(`'${code}'`).length - 1]));
  }

  test.each([
    ['Problems with an input', 'src/files/input-problem.ts', 40],
    ['Problems with an output', 'src/files/output-problem.ts', 10],
  ])('under %s are those of %s, each with cause and remedy', (title, file, least) => {
    const codes = codesIn(file);
    const [, section = ''] = new RegExp(`^## ${title}\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(text) ?? [];
    const rows = [...section.matchAll(/^\| `([a-z0-9-]+)` \| ([^|]+) \| ([^|]+) \|$/gm)];
    expect(codes.size).toBeGreaterThan(least);
    expect(rows.map(([, code]) => code)).toEqual([...codes.keys()].sort());
    for (const [row, , cause, remedy] of rows) {
      expect(
        [cause, remedy].map((cell) => cell?.trim()),
        row,
      ).not.toContain('');
    }
    expect([...codes].filter(([, uses]) => uses < 2)).toEqual([]);
  });
});

describe('the page of exports', () => {
  test.each(sources.map(({ name }) => [name]))('explains how to export from %s, and what is missing there', (name) => {
    expect(sourceDoc(name)).toMatch(/^\*\*How to get it:\*\* \S/m);
    expect(sourceDoc(name)).toMatch(/^\*\*What is missing:\*\* \S/m);
    expect(page('exports.html')).toContain(`<h2 id="${name}">`);
  });
});
