/** Finds avoided words: in Markdown by textlint, which leaves code alone; in TypeScript in comments and messages. */
import { createRequire } from 'node:module';
import {
  TextlintKernel,
  type TextlintKernelOptions,
  type TextlintPluginCreator,
  type TextlintRuleModule,
} from '@textlint/kernel';
import jsTokens from 'js-tokens';
import { ALLOWED, type Allowed, AVOIDED } from './words.js';

export interface ProseFinding {
  readonly line: number;
  readonly words: string;
  readonly instead: string;
}

interface Match {
  readonly index: number;
  readonly words: string;
  readonly instead: string;
}

const PATTERNS = AVOIDED.map(({ pattern, instead }) => ({
  expression: new RegExp(`(?<![\\w-])(?:${pattern.replaceAll(' ', '\\s+')})(?![\\w-])`, 'gi'),
  instead,
}));

function findAvoided(text: string): Match[] {
  return PATTERNS.flatMap(({ expression, instead }) =>
    [...text.matchAll(expression)].map(({ index, 0: words }) => ({
      index,
      words: words.replace(/\s+/g, ' '),
      instead,
    })),
  );
}

const avoidedWords: TextlintRuleModule = ({ Syntax, RuleError, getSource, report, locator }) => ({
  [Syntax.Str](node) {
    for (const { index, words, instead } of findAvoided(getSource(node))) {
      report(node, new RuleError(JSON.stringify({ words, instead }), { padding: locator.at(index) }));
    }
  },
});

// CommonJS with a default export: Node and Vitest import it differently, and require it alike.
const plugin: { readonly default: TextlintPluginCreator } = createRequire(import.meta.url)(
  '@textlint/textlint-plugin-markdown',
);

const OPTIONS: TextlintKernelOptions = {
  ext: '.md',
  plugins: [{ pluginId: 'markdown', plugin: plugin.default }],
  rules: [{ ruleId: 'avoided-words', rule: avoidedWords }],
};

export async function lintMarkdown(text: string): Promise<ProseFinding[]> {
  const { messages } = await new TextlintKernel().lintText(text, OPTIONS);
  return messages.map(({ message, loc }) => ({ line: loc.start.line, ...JSON.parse(message) }));
}

/** Lines of plain text, such as the golden file of messages. */
export function lintText(text: string): ProseFinding[] {
  return findAvoided(text)
    .map(({ index, ...found }) => ({ line: lineOf(text, index), ...found }))
    .sort((a, b) => a.line - b.line);
}

const PROSE_TOKENS: readonly string[] = [
  'MultiLineComment',
  'SingleLineComment',
  'StringLiteral',
  'NoSubstitutionTemplate',
  'TemplateHead',
  'TemplateMiddle',
  'TemplateTail',
];

/** Comments, and strings of several words. */
export function lintSource(code: string): ProseFinding[] {
  let prose = '';
  for (const { type, value } of jsTokens(code)) {
    const isProse = PROSE_TOKENS.includes(type) && (type.endsWith('Comment') || / \S+ /.test(value));
    // White space of the same length keeps the lines; comments of several lines lose their stars.
    prose += isProse ? value.replace(/^(\s*)\*(?!\/)/gm, '$1 ').replaceAll(/`[^`\n]*`/g, blank) : blank(value);
  }
  return lintText(prose);
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Findings that no entry of the list allows, and the entries that are needed. */
export function withoutAllowed(
  file: string,
  text: string,
  findings: readonly ProseFinding[],
): { readonly findings: readonly ProseFinding[]; readonly used: readonly Allowed[] } {
  const entries = ALLOWED.filter((allowed) => allowed.file === file);
  const lines = text.split('\n');
  const used = new Set<Allowed>();
  const left = findings.filter(({ line, words }) => {
    const entry = entries.find((one) => lines[line - 1]?.includes(one.text) && one.text.includes(words));
    if (entry !== undefined) used.add(entry);
    return entry === undefined;
  });
  return { findings: left, used: [...used] };
}
