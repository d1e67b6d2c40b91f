/** The pages of the site: their content and their place in the lists of pages. */
import { readFileSync } from 'node:fs';
import { formats } from '../../src/formats.js';
import { type Family, getFormat } from '../../src/hashers/index.js';
import { clerkHashers } from '../../src/index.js';
import { FAMILY_TITLES, familyPage } from './family-page.js';
import { hasherPage } from './hasher-page.js';

export interface Page {
  /** Path in the site. */
  readonly path: string;
  /** Name in lists of pages. */
  readonly label: string;
  readonly group: 'Start' | 'Guides' | 'Frameworks' | 'Reference' | 'Background' | 'Hashers' | 'Formats';
  readonly markdown: string;
  /** The script of the page, if it has one. */
  readonly script?: 'identify';
}

const DOCS = new URL('../', import.meta.url);

const FRAMEWORKS = [
  ['express', 'Express 5'],
  ['fastify', 'Fastify'],
  ['hono', 'Hono'],
  ['passport', 'Passport'],
  ['authjs', 'Auth.js'],
  ['better-auth', 'Better Auth'],
  ['adonisjs', 'AdonisJS'],
  ['aws-lambda', 'AWS Lambda'],
  ['nextjs', 'Next.js'],
  ['cloudflare-worker', 'Cloudflare Workers'],
] as const;

export function sitePages(): Page[] {
  return [
    written('index', 'Overview', 'Start'),
    written('tutorial', 'Tutorial', 'Start'),
    { ...written('identify', 'Identify a digest', 'Start'), script: 'identify' },
    written('pre-validate', 'Pre-validate a migration', 'Guides'),
    written('verify-at-login', 'Verify at login', 'Guides'),
    written('plan-capacity', 'Plan capacity', 'Guides'),
    written('edge', 'On the edge and in browsers', 'Guides'),
    written('add-a-hasher', 'Add a format', 'Guides'),
    written('recipes', 'Recipes and schemes of your own', 'Guides'),
    written('frameworks', 'All frameworks', 'Frameworks'),
    ...FRAMEWORKS.map(([name, label]) => written(`frameworks/${name}`, label, 'Frameworks')),
    written('library', 'Functions and options', 'Reference'),
    written('command-line', 'Command line', 'Reference'),
    written('errors', 'Errors and warnings', 'Reference'),
    written('exports', 'Exports of platforms', 'Reference'),
    written('limits', 'Limits, threads and memory', 'Reference'),
    written('backends', 'Backends', 'Reference'),
    written('where-it-runs', 'Where it runs', 'Reference'),
    written('passwords', 'Passwords and digests', 'Background'),
    ...clerkHashers.map(
      (hasher): Page => ({
        path: `hashers/${hasher.name}.html`,
        label: hasher.name,
        group: 'Hashers',
        markdown: hasherPage(hasher),
      }),
    ),
    ...(Object.keys(FAMILY_TITLES) as Family[]).map(
      (family): Page => ({
        path: `formats/${family}.html`,
        label: FAMILY_TITLES[family],
        group: 'Formats',
        markdown: familyPage(
          family,
          formats.filter((hasher) => getFormat(hasher)?.family === family),
        ),
      }),
    ),
  ];
}

/** A page from a file in docs. In its table, names of hashers become links to their pages, which only the site has. */
function written(name: string, label: string, group: Page['group']): Page {
  const text = readFileSync(new URL(`${name}.md`, DOCS), 'utf8');
  const markdown = name === 'index' ? text.replace(/^\| `(\w+)` \|/gm, '| [`$1`](hashers/$1.html) |') : text;
  return { path: `${name}.html`, label, group, markdown };
}
