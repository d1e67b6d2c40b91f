/** The page of a family of formats, from their data. */
import { type Family, type Format, type FormatData, getDocumentedFormat } from '../../src/hashers/index.js';
import { compileLayout } from '../../src/layout/index.js';
import { comparedText, workText } from './cost-text.js';

export const FAMILY_TITLES: Readonly<Record<Family, string>> = {
  crypt: 'crypt(3) and operating systems',
  databases: 'Databases and enterprise systems',
  dotnet: '.NET',
  go: 'Go',
  'identity-providers': 'Import notations of identity providers',
  javascript: 'JavaScript',
  jvm: 'Java and the JVM',
  ldap: 'LDAP directories and mail servers',
  php: 'Content management, forums and shops in PHP',
  plain: 'Plain and salted hashes',
  python: 'Python',
  ruby: 'Ruby and Elixir',
};

const SPREAD = ['', 'very many', 'many', 'some', 'few', 'rare'];

export function familyPage(family: Family, formats: readonly Format[]): string {
  const all = formats.map((hasher) => [hasher, getDocumentedFormat(hasher) as FormatData] as const);
  const byUsers = [...all].sort(([, a], [, b]) => a.users - b.users || (a.name < b.name ? -1 : 1));
  return [
    `# ${FAMILY_TITLES[family]}`,
    '',
    `The ${formats.length} formats of this family that \`verify\` and \`createVerifier\` know, the most common first. "From other columns" lists what the credential needs besides the digest.`,
    '',
    '| hasher | users | written by | from other columns | remarks |',
    '|---|---|---|---|---|',
    ...byUsers.map(([hasher, { name, users, writers }]) =>
      row([
        `[\`${name}\`](#${anchor(name)})`,
        SPREAD[users] ?? '',
        writers,
        needs(hasher),
        hasher.insecure ? 'insecure' : '',
      ]),
    ),
    ...byUsers.flatMap(([hasher, format]) => section(hasher, format)),
    '',
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function anchor(name: string): string {
  return name.toLowerCase();
}

function needs({ companions = [] }: Format): string {
  return companions.map(({ name, optional }) => `\`${name}\`${optional ? ' (optional)' : ''}`).join(', ');
}

function section(hasher: Format, format: FormatData): string[] {
  const { name, layout, recipe, traps = [], sources, example, aliases = [], looksLike } = format;
  const recipes =
    typeof recipe === 'string'
      ? [['Recipe', code(recipe)]]
      : Object.entries(recipe.of).map(([word, text]) => [`Recipe where ${recipe.by} is ${code(word)}`, code(text)]);
  const cost = hasher.cost(hasher.parse(example.digest, example).params);
  const facts = [
    ...(aliases.length > 0 ? [['Other names', aliases.map(code).join(', ')]] : []),
    ['Grammar', code(compileLayout(layout).pattern)],
    ...recipes,
    ['Cost of the example', `${workText(cost)}, ${comparedText(cost)} of bcrypt 10`],
    ['Example', code(example.digest)],
    ...(looksLike === undefined
      ? []
      : [['Looks like', `${code(looksLike)}: only its source or a known password shows which it is`]]),
  ];
  return [
    '',
    `## ${name}`,
    '',
    ...facts.map(([title, text]) => `- ${title}: ${text}`),
    ...traps.map((trap) => `- Trap: ${trap}`),
    `- Sources: ${sources.map((source) => `<${source}>`).join(', ')}`,
  ];
}

/** Backticks within code need longer ones around it. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}
