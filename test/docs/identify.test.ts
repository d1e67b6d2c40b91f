/** The pages in a real browser; above all the one where digests are pasted, from which nothing may get out. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildSite } from '../../docs/site/build.js';
import { hasherDoc } from '../../docs/site/doc-comment.js';
import { clerkHashers } from '../../src/index.js';
import { openChromium } from '../support/chromium.js';
import { UNREADABLE } from './contrast.js';
import { type StaticServer, serve } from './static-server.js';

const site = mkdtempSync(join(tmpdir(), 'digestry-site-'));
let paths: readonly string[];
let server: StaticServer;
let browser: Browser;

beforeAll(async () => {
  paths = await buildSite(site);
  server = await serve(site);
  browser = await openChromium();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(site, { recursive: true, force: true });
});

let context: BrowserContext;
let page: Page;
/** What the browser complained of. */
let complaints: string[];

async function openPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  context = await browser.newContext(options);
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
}

const bcrypt = '$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG';
const exampleOf = (name: string): string => clerkHashers.find((hasher) => hasher.name === name)?.example.digest ?? '';

/** The results after these lines are pasted, as text. */
async function pasted(text: string, expected = ''): Promise<string[]> {
  await page.getByLabel('It should be').selectOption(expected);
  await page.getByLabel('Digests, one per line').fill(text);
  // It waits for the last key, and says so.
  await page.locator('#results:not([aria-busy])').waitFor({ state: 'attached' });
  return page.locator('#results article').allInnerTexts();
}

const status = (): Promise<string> => page.locator('#status').innerText();

describe('the page that identifies', () => {
  // One page for all of it, as a user has it open.
  beforeAll(async () => {
    await openPage();
    await page.goto(`${server.url}identify.html`);
  });
  afterAll(() => context.close());

  test.each(clerkHashers.map(({ name, example }) => [name, example.digest] as const))(
    'reads a digest of %s, alone and where it is said to be one',
    async (name, digest) => {
      const [alone = ''] = await pasted(digest);
      expect(alone).toContain(name);
      const [said = ''] = await pasted(digest, name);
      expect(said.split('\n')[0]).toContain(name);
      expect(said).toContain('Clerk');
      // A field is a part of the digest, at the offsets that are told.
      const fields = await page.locator('#results tbody').first().locator('tr').count();
      const { grammar, callouts } = hasherDoc(name);
      const there = new RegExp(grammar)
        .exec(digest)
        ?.slice(1)
        .filter((group) => group !== undefined).length;
      expect(fields).toBe(there);
      expect(fields).toBeGreaterThan(0);
      expect(callouts.length).toBeGreaterThanOrEqual(fields);
      const [first = ''] = await page.locator('#results td.number').allInnerTexts();
      const [from = '', to = from] = first.split('–');
      const marked = await page.evaluate("document.querySelector('#results mark').lastChild.data");
      expect(digest.slice(Number(from), Number(to) + 1)).toBe(marked);
      expect(await status()).toMatch(/^It will verify/);
      expect(complaints).toEqual([]);
    },
  );

  test.each([
    [
      'a digest that is cut off',
      bcrypt.slice(0, -1),
      '',
      ['will not verify as it is', 'ERR_MALFORMED', '59 of 60 characters', 'offset 59', 'export it again'],
    ],
    ['quotes', `"${bcrypt}"`, 'bcrypt', ['ERR_MALFORMED', 'quotes around the digest', 'remove the quotes', 'Use it']],
    ['the name of another hasher', bcrypt, 'phpass', ['ERR_WRONG_HASHER', 'set passwordHasher to bcrypt']],
    [
      'what a shell left',
      '$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG',
      '',
      ['ERR_MALFORMED', 'double quotes'],
    ],
    ['a blank behind it', `${exampleOf('phpass')} `, '', ['ERR_MALFORMED', 'white space after the digest']],
    ['a reference to another system', '{SASL}ann@EXAMPLE.ORG', '', ['ERR_UNSUPPORTED', 'another system']],
    ['a mark of a locked account', '!', '', ['ERR_DISABLED', 'without a password']],
    ['a cost over the limits', bcrypt.replace('$10$', '$31$'), '', ['ERR_LIMIT', 'cost is 31']],
    ['a text without end', 'x'.repeat(5000), '', ['ERR_LIMIT', '5000']],
    ['a word', 'hello', '', ['Unknown', 'ERR_UNKNOWN_HASHER', 'no hasher has this shape']],
    ['a damaged directory value', '{SSHA}not Base64', '', ['ldap_ssha', 'ERR_MALFORMED', 'offset 9']],
    ['markup', '<img src=x onerror="document.title=1">', '', ['ERR_UNKNOWN_HASHER']],
  ])('says what is wrong with %s', async (_what, text, expected, wanted) => {
    const [shown = ''] = await pasted(text, expected);
    for (const part of wanted) expect(shown).toContain(part);
    expect(await status()).toBe('It will not verify as it is.');
    expect(await page.locator('#results img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('shows both hashers of one shape, and lets the user choose', async () => {
    const [shown = ''] = await pasted('pbkdf2_sha256$1000$c2FsdHNhbHQ=$J+wgrJ1MXcfkHX9aXNPbj36VoG8R+iMqo3l/6Ngq4nY=');
    expect(shown.split('\n')[0]).toContain('pbkdf2_sha256');
    const choice = page.getByRole('group', { name: 'It could be of' });
    expect(await choice.getByRole('button').count()).toBe(2);
    await choice.getByRole('button', { name: 'pbkdf2_sha256_django' }).click();
    expect(await page.locator('#results h3').innerText()).toContain('pbkdf2_sha256_django');
    expect(await choice.getByRole('button', { pressed: true }).innerText()).toContain('pbkdf2_sha256_django');
  });

  test('converts, and names the result', async () => {
    const [shown = ''] = await pasted(`{bcrypt}${bcrypt}`);
    expect(shown).toContain('Converted to bcrypt');
    expect(shown).toContain('Spring Security {bcrypt}');
    expect((await page.locator('#results .digest').innerText()).replace(/\s/g, '')).toContain('JqKiOrDw8pCT0JLG');
  });

  test('shows for each target whether it takes the digest, and the reason if not', async () => {
    await pasted(bcrypt.replace('$10$', '$15$'));
    const row = (title: string) => page.locator('#results tr', { hasText: title }).innerText();
    expect(await row('Auth0')).toMatch(/no\s.*cost 10/s);
    expect(await row('Clerk')).toContain('yes');
    await pasted(exampleOf('md5'));
    expect(await row('PHP')).toMatch(/no\s.*not this hasher/s);
    await pasted(exampleOf('argon2i').replace('v=19', 'v=16'));
    expect(await row('Clerk')).toContain('unknown');
  });

  test('shows the cost', async () => {
    const [shown = ''] = await pasted(exampleOf('scrypt_werkzeug'));
    expect(shown).toMatch(/work\s+262\s?144 N·r·p/);
    expect(shown).toMatch(/memory\s+32 MiB/);
  });

  test('puts the repaired digest into its line', async () => {
    await pasted(`${exampleOf('md5')}\n"${bcrypt}"`, '');
    expect(await status()).toBe('2 digests: 1 will verify, 1 will not verify as they are.');
    await page.getByRole('button', { name: 'Use it' }).click();
    expect(await page.getByLabel('Digests, one per line').inputValue()).toBe(`${exampleOf('md5')}\n${bcrypt}`);
    expect(await status()).toBe('2 digests: 2 will verify.');
  });

  test('numbers the lines, leaves empty ones out, and ends at 25', async () => {
    const shown = await pasted(`\n${bcrypt}\n\n${exampleOf('phpass')}\n`);
    expect(shown.map((text) => /^Line \d+/.exec(text)?.[0])).toEqual(['Line 2', 'Line 4']);
    expect(await pasted(`${bcrypt}\n`.repeat(40))).toHaveLength(25);
    expect(await page.locator('#results').innerText()).toContain('15 more lines');
  });

  test('has an answer for each of its examples', async () => {
    const buttons = page.getByRole('group', { name: 'Examples' }).getByRole('button');
    expect(await buttons.count()).toBeGreaterThan(8);
    for (const button of await buttons.all()) {
      await button.click();
      expect(await status()).not.toBe('');
    }
    await page.getByRole('button', { name: 'Clear' }).click();
    expect([await status(), await page.locator('#results').innerText()]).toEqual(['', '']);
    expect(complaints).toEqual([]);
  });

  test('works with the keyboard alone', async () => {
    const focused = () => page.evaluate<string>('document.activeElement.id || document.activeElement.textContent');
    await page.getByLabel('Digests, one per line').focus();
    await page.keyboard.type('hello');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('expected');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('clear');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('digests');
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('several');
    await page.keyboard.press('Enter');
    expect(await status()).toMatch(/^4 digests/);
  });

  test('announces the outcome to a screen reader, and names its controls and tables', async () => {
    await pasted(bcrypt);
    expect(await page.getByRole('status').innerText()).toBe('It will verify.');
    expect(await page.getByRole('textbox', { name: 'Digests, one per line' }).count()).toBe(1);
    expect(await page.getByRole('combobox', { name: 'It should be' }).count()).toBe(1);
    expect(await page.getByRole('table', { name: 'Fields of the digest' }).getByRole('row').count()).toBe(5);
    expect(await page.getByRole('table', { name: 'Targets' }).count()).toBe(1);
    expect(await page.getByRole('region', { name: 'Results' }).getByRole('heading', { level: 3 }).count()).toBe(1);
  });
});

describe('pasted text', () => {
  beforeEach(() => openPage());
  afterEach(() => context.close());

  test('is in no request, no address, no title and no storage', async () => {
    await page.goto(`${server.url}identify.html`);
    const before = server.requests.length;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    for (const text of [bcrypt, `${bcrypt}"`, 'correct horse battery staple', exampleOf('scrypt_firebase')])
      await pasted(text);
    expect(asked).toEqual([]);
    expect(server.requests.length).toBe(before);
    expect(page.url()).toBe(`${server.url}identify.html`);
    expect(await page.title()).toBe('Identify a digest · digestry');
    const kept = await page.evaluate(
      '(async () => [localStorage.length, sessionStorage.length, document.cookie, history.length, (await indexedDB.databases()).length])()',
    );
    expect(kept).toEqual([0, 0, '', 2, 0]);
    await page.reload();
    expect(await page.getByLabel('Digests, one per line').inputValue()).toBe('');
  });

  test('cannot leave the page if a script tries', async () => {
    await page.goto(`${server.url}identify.html`);
    const before = server.requests.length;
    const tried = await page.evaluate(`(async () => {
      const refused = (promise) => promise.then(() => 'sent', () => 'refused');
      const loaded = (element, name, value) => new Promise((resolve) => {
        element.onload = () => resolve('sent');
        element.onerror = () => resolve('refused');
        element[name] = value;
        document.body.append(element);
      });
      const markup = () => {
        try {
          document.body.innerHTML += '<b>x</b>';
          return 'written';
        } catch {
          return 'refused';
        }
      };
      return [
        await refused(fetch('?digest')),
        navigator.sendBeacon('?digest') ? await new Promise((resolve) => setTimeout(resolve, 300, 'asked')) : 'refused',
        await loaded(new Image(), 'src', '?digest'),
        markup(),
      ];
    })()`);
    expect(tried).toEqual(['refused', expect.any(String), 'refused', 'refused']);
    expect(server.requests.length).toBe(before);
    expect(complaints.join('\n')).toContain('Content Security Policy');
  });
});

describe('every page', () => {
  beforeEach(() => openPage());
  afterEach(() => context.close());

  test('links a code to its explanation', async () => {
    await page.goto(`${server.url}identify.html`);
    await pasted(bcrypt.slice(0, -1));
    await page.getByRole('link', { name: 'ERR_MALFORMED' }).click();
    expect(page.url()).toBe(`${server.url}errors.html#err_malformed`);
    await expect.poll(() => page.locator('#err_malformed').innerText()).toContain('ERR_MALFORMED');
  });

  test('loads nothing but itself, without console errors', async () => {
    for (const path of paths) {
      const before = server.requests.length;
      await page.goto(server.url + path);
      expect(server.requests.slice(before), path).toEqual([`/some/path/${path}`]);
    }
    expect(complaints).toEqual([]);
  });

  test('fits the width of a phone, also with results', async () => {
    await context.close();
    await openPage({ viewport: { width: 360, height: 740 } });
    const overflow = () =>
      page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    for (const path of paths) {
      await page.goto(server.url + path);
      expect(await overflow(), path).toBe(0);
    }
    await page.goto(`${server.url}identify.html`);
    await pasted(clerkHashers.map(({ example }) => example.digest).join('\n'));
    expect(await overflow()).toBe(0);
    await pasted(`${'x'.repeat(400)}\n"${bcrypt}"\n{bcrypt}${bcrypt}`);
    expect(await overflow()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('has a menu on a phone with all pages', async () => {
    await context.close();
    await openPage({ viewport: { width: 360, height: 740 } });
    await page.goto(`${server.url}hashers/bcrypt.html`);
    expect(await page.getByRole('link', { name: 'Plan capacity' }).count()).toBe(0);
    await page.getByText('Menu', { exact: true }).click();
    expect(await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').count()).toBe(paths.length);
    await page.getByRole('link', { name: 'Plan capacity' }).click();
    expect(page.url()).toBe(`${server.url}plan-capacity.html`);
  });

  test.each(['light', 'dark'] as const)('can be read in %s colours', async (colorScheme) => {
    await context.close();
    await openPage({ colorScheme });
    for (const path of [
      'index.html',
      'hashers/scrypt_firebase.html',
      'hashers/md5.html',
      'add-a-hasher.html',
      'errors.html',
      'identify.html',
    ]) {
      await page.goto(server.url + path);
      if (path === 'identify.html')
        await pasted(
          `${bcrypt}\n"${bcrypt}"\n${exampleOf('scrypt_firebase')}\n${exampleOf('argon2i').replace('v=19', 'v=16')}\n$P$`,
        );
      const { looked, found } = await page.evaluate<{ looked: number; found: string[] }>(UNREADABLE);
      expect(looked).toBeGreaterThan(40);
      expect(found, path).toEqual([]);
    }
  });

  test('prints without its frame', async () => {
    await page.goto(`${server.url}hashers/bcrypt.html`);
    await page.emulateMedia({ media: 'print' });
    for (const part of await page.locator('header, .side, .toc, footer').all())
      expect(await part.isVisible()).toBe(false);
    expect(await page.getByRole('main').isVisible()).toBe(true);
  });

  test('works without script, or says that it needs it', async () => {
    await context.close();
    await openPage({ javaScriptEnabled: false });
    await page.goto(`${server.url}index.html`);
    await page.getByRole('main').getByRole('link', { name: 'Identify a digest' }).click();
    expect(await page.getByText('This page needs JavaScript').isVisible()).toBe(true);
    expect(await page.locator('#digests').isVisible()).toBe(false);
  });

  test('works from a disk', async () => {
    await page.goto(pathToFileURL(join(site, 'index.html')).href);
    await page.getByRole('main').getByRole('link', { name: 'Identify a digest' }).click();
    const [shown = ''] = await pasted(bcrypt);
    expect(shown).toContain('will verify');
    await page.locator('#results h3 a').click();
    expect(await page.locator('h1').innerText()).toBe('bcrypt');
    expect(complaints).toEqual([]);
  });
});
