/** README, docs, messages and comments avoid the words of scripts/prose/words.ts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lintMarkdown, lintSource, lintText, type ProseFinding, withoutAllowed } from '../../scripts/prose/lint.js';
import { ALLOWED, SOURCES } from '../../scripts/prose/words.js';
import { filesIn, ROOT } from './imports.js';

const MESSAGES = 'test/messages/messages.golden';

function pages(): string[] {
  const inRoot = readdirSync(ROOT).filter((name) => name.endsWith('.md'));
  const inFolders = ['bench/', 'docs/', 'examples/', 'vectors/', '.github/', 'test/']
    .filter((folder) => existsSync(new URL(folder, ROOT)))
    .flatMap((folder) => filesIn(folder, '.md').map((path) => `${folder}${path}`))
    .filter((path) => !path.includes('node_modules/') && !path.startsWith('test/fixtures/'));
  return [...inRoot, ...inFolders];
}

function sources(): string[] {
  return SOURCES.flatMap((clean) =>
    clean.endsWith('.ts') ? [clean] : filesIn(`${clean}/`, '.ts').map((path) => `${clean}/${path}`),
  );
}

async function lint(file: string): Promise<ReturnType<typeof withoutAllowed>> {
  const text = readFileSync(new URL(file, ROOT), 'utf8');
  return withoutAllowed(file, text, await findings(file, text));
}

async function findings(file: string, text: string): Promise<ProseFinding[]> {
  if (file.endsWith('.md')) return lintMarkdown(text);
  return file.endsWith('.ts') ? lintSource(text) : lintText(text);
}

const files = [...pages(), ...sources(), ...[MESSAGES].filter((file) => existsSync(new URL(file, ROOT)))];
const results = await Promise.all(files.map(async (file) => ({ file, ...(await lint(file)) })));

describe('prose', () => {
  test('avoids the words of the list', () => {
    const found = results.flatMap(({ file, findings }) =>
      findings.map(({ line, words, instead }) => `${file}:${line}: "${words}": write ${instead}`),
    );
    expect(found).toEqual([]);
  });

  test('is looked for in pages and in sources', () => {
    expect(pages().length).toBeGreaterThan(40);
    expect(sources().length).toBeGreaterThan(300);
  });

  test('has no exception that is not needed', () => {
    const used = results.flatMap(({ used }) => used);
    expect(ALLOWED.filter((entry) => !used.includes(entry))).toEqual([]);
    for (const { reason } of ALLOWED) expect(reason).toMatch(/\S+ \S+/);
  });
});

describe('the linter', () => {
  const words = (found: readonly ProseFinding[]) => found.map(({ line, words }) => `${line} ${words}`);

  test('finds words in Markdown, also across a line end, and none in code', async () => {
    const text =
      '# Nobody\n\nThis works as a\nrule, `told` is code.\n\n```js\n// mended\n```\n\n| told |\n|---|\n| [behind](x.md) |\n';
    expect(words(await lintMarkdown(text))).toEqual(['1 Nobody', '3 as a rule', '10 told', '12 behind']);
  });

  test('finds words in comments and sentences of TypeScript, and none in code', () => {
    const code = [
      '/** A queue as a',
      ' * rule. `told` is code. */',
      "const told = 'behind';",
      "throw new Error('nobody was told of it');",
      `const text = \`\${told} stands behind it\`; // mended`,
    ].join('\n');
    const expected = ['1 as a rule', '4 told', '4 nobody', '5 behind', '5 stands', '5 mended'];
    expect(words(lintSource(code)).sort()).toEqual(expected.sort());
  });

  test('finds whole words only', () => {
    expect(lintText('standalone retell; stands for; no longer such a one; user-told')).toEqual([]);
  });
});
