/** The page of a hasher, from its file, the registry, the targets and the vectors. */
import {
  type AnyHasher,
  type Cost,
  DEFAULT_LIMITS,
  type HasherRule,
  type ParamRule,
  targets,
} from '../../src/index.js';
import { readSystem } from '../../src/recognize/systems/index.js';
import { conversionVectors, hasherVectors, type VectorSource } from '../../test/support/vectors.js';
import { annotated, legend } from './annotated.js';
import { comparedText, workText } from './cost-text.js';
import { type HasherDoc, hasherDoc, hasherPath } from './doc-comment.js';
import { bytesText, escaped, grouped } from './html.js';
import { inline } from './markdown.js';

/** The sections of each page, in this order. */
export const SECTIONS = [
  'Sample',
  'Grammar',
  'Algorithm',
  'Who writes it',
  'Traps',
  'Parameters and limits',
  'Cost',
  'Where it works',
  'Conversions',
  'How it is tested',
] as const;

/** Returns Markdown with some HTML. */
export function hasherPage(hasher: AnyHasher): string {
  const doc = hasherDoc(hasher.name);
  const bodies: Readonly<Record<(typeof SECTIONS)[number], string>> = {
    Sample: sample(hasher, doc),
    Grammar: grammar(hasher, doc),
    Algorithm: doc.algorithm,
    'Who writes it': doc.writtenBy.replace(/^[a-z]/, (letter) => letter.toUpperCase()),
    Traps: doc.traps.map((trap) => `- ${trap}`).join('\n'),
    'Parameters and limits': parameters(hasher),
    Cost: costs(hasher, doc),
    'Where it works': worksAt(hasher.name),
    Conversions: conversions(hasher),
    'How it is tested': tested(hasher.name),
  };
  const sections = SECTIONS.map((title) => `## ${title}\n\n${bodies[title].trim()}\n`);
  return `# \`${hasher.name}\`\n\n${doc.title} ${doc.about}\n\n${badges(hasher)}\n\n${sections.join('\n')}`;
}

function badgesOf({ insecure, assumed, verifiable }: AnyHasher): readonly (readonly [kind: string, text: string])[] {
  return [
    ...(insecure ? [['bad', 'insecure: replace at first sign-in'] as const] : []),
    ...(assumed ? [['warn', 'form assumed'] as const] : []),
    ...(!verifiable ? [['warn', 'shape check only'] as const] : []),
  ];
}

function badges(hasher: AnyHasher): string {
  const found = badgesOf(hasher);
  return found.length === 0 ? '' : `<p>${found.map(([kind, text]) => badge(kind, text)).join(' ')}</p>`;
}

function badge(kind: string, text: string): string {
  return `<span class="badge ${kind}">${escaped(text)}</span>`;
}

function sample({ example, verifiable }: AnyHasher, { callouts, grammar }: HasherDoc): string {
  const password = verifiable
    ? `It is a digest of \`${example.password}\`.`
    : 'No password can be verified against it.';
  return `${annotated(example.digest, grammar)}${legend(callouts, inline)}\n\n${password}`;
}

function grammar({ prefixes }: AnyHasher, doc: HasherDoc): string {
  const begins =
    prefixes.length === 0
      ? 'It has no signature and is recognised by its structure.'
      : `It begins with ${prefixes.map((prefix) => `\`${prefix}\``).join(', ')}.`;
  // Line breaks after fields, for narrow screens.
  return `${begins} As a regular expression, each group one of the fields above:\n\n\`\`\`regex\n${doc.grammar}\n\`\`\`\n\nThe parser is stricter: it decodes every field, and checks its length, its alphabet and its unused bits.`;
}

function parameters(hasher: AnyHasher): string {
  const { params } = hasher.parse(hasher.example.digest);
  const { demands } = hasher.cost(params);
  const names = Object.keys(params);
  const rows = names.map((name) => {
    const bounds = demands.filter(({ param }) => param === name);
    return [
      `\`${name}\``,
      shown((params as Record<string, number | string>)[name]),
      bounds.map(limitText).join('<br>') || '—',
    ];
  });
  const made = demands
    .filter(({ param }) => !names.includes(param))
    .map((demand) => `\`${demand.param}\` of \`${demand.field}\`: ${limitText(demand)}`);
  const all = `Every digest: at most ${grouped(DEFAULT_LIMITS.digestChars)} characters; every password: ${grouped(DEFAULT_LIMITS.passwordBytes)} bytes.`;
  if (names.length === 0) return `This hasher has no parameters. ${all}`;
  const more = made.length === 0 ? '' : `\n\nProducts are bounded too: ${[...new Set(made)].join('; ')}.`;
  const change = 'A digest over a limit is refused before anything is computed (`ERR_LIMIT`); `limits` changes each.';
  return `${table(['parameter', 'in the sample', 'default limit'], rows)}${more}\n\n${all} ${change}`;
}

function limitText({ limit, unit = 1 }: Cost['demands'][number]): string {
  const max = DEFAULT_LIMITS[limit];
  const text = limit.endsWith('Bytes') ? bytesText(max) : grouped(max);
  return `${text}${unit === 1 ? '' : ` (${grouped(max / unit)})`}, \`${limit}\``;
}

function shown(value: number | string | undefined): string {
  return typeof value === 'number' ? grouped(value) : `\`${value}\``;
}

/** Work and memory for the parameters that systems write. */
function costs(hasher: AnyHasher, { typical }: HasherDoc): string {
  const { params } = hasher.parse(hasher.example.digest);
  const sets = typical.map((set) => ({
    label: labelOf(set.params),
    who: set.who,
    params: { ...params, ...set.params },
  }));
  if (sets.length === 0) sets.push({ label: 'any', who: '', params });
  const rows = sets.map(({ label, who, params }) => {
    const cost = hasher.cost(params);
    return [label, inline(who), workText(cost), bytesText(cost.memoryBytes), comparedText(cost)];
  });
  return `${table(['parameters', 'who writes them', 'work', 'memory', 'compared with bcrypt cost 10'], rows)}\n\nThe last column is rough: it compares digestry's own backends on one core of one machine. \`digestry bench\` measures yours.`;
}

function labelOf(params: Readonly<Record<string, number>>): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}\u00a0${grouped(value)}`)
    .join(', ');
}

function worksAt(name: string): string {
  const rows = targets.map(({ title, rules }) => {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    return [title, ANSWERS[rule?.accepts ?? 'no'], conditions(rule)];
  });
  const how = `\`digestry check FILE --target NAME\` checks each row; "unknown" means that no source states it.`;
  const sources = targets.flatMap(({ title, sources }) =>
    sources.map(({ what, url, seen }) => `- ${title}: [${what}](${url}), seen ${seen}`),
  );
  return `${table(['target', 'takes it', 'form and conditions'], rows)}\n\n${how}\n\n<details><summary>Sources</summary>\n\n${sources.join('\n')}\n\n</details>`;
}

const ANSWERS: Readonly<Record<HasherRule['accepts'], string>> = {
  yes: badge('ok', 'yes'),
  no: badge('bad', 'no'),
  unknown: badge('warn', 'unknown'),
};

function conditions(rule: HasherRule | undefined): string {
  const { as, params = {}, canonical = [], nonEmpty = [], note } = rule ?? {};
  const parts = [
    as === undefined ? '' : `as ${as}`,
    ...Object.entries(params).map(
      ([name, param]) => `${name} ${range(param)}${param.otherwise === 'unknown' ? ' (others unknown)' : ''}`,
    ),
    canonical.length === 0 ? '' : `canonical spelling of ${canonical.join(', ')}`,
    nonEmpty.length === 0 ? '' : `${nonEmpty.join(', ')} not empty`,
    note ?? '',
  ];
  // Rules are plain text: "$" and "{" are not markup.
  return escaped(parts.filter((part) => part !== '').join('; '));
}

function range({ min, max, oneOf }: ParamRule): string {
  if (oneOf !== undefined) return oneOf.join(', ');
  if (min === max) return `${min}`;
  if (min === undefined) return `up to ${max}`;
  return max === undefined ? `${min} or more` : `${min} to ${max}`;
}

/** One example of each form that converts, from the vectors. */
function conversions({ name, example: { digest } }: AnyHasher): string {
  const forms = new Map<string, string>();
  for (const { groups } of conversionVectors()) {
    for (const { text, expect, passwordHasher } of groups.flatMap(({ tests }) => tests)) {
      if (expect !== 'converts' || passwordHasher !== name) continue;
      const title = readSystem(text)?.title;
      if (title !== undefined && !forms.has(title)) forms.set(title, text);
    }
  }
  // Vectors belong to systems; a directory's scheme around a digest has no vector.
  for (const scheme of DIRECTORY_SCHEMES) {
    const reading = readSystem(`${scheme}${digest}`);
    if (reading?.credential?.passwordHasher === name) forms.set(reading.title, `${scheme}${digest}`);
  }
  if (forms.size === 0) return 'No form of another system converts to it.';
  const rows = [...forms].map(([title, text]) => [escaped(title), `\`${elided(text)}\``]);
  return `${table(['form', 'example'], rows)}\n\n\`digestry convert\` and \`convert()\` convert one digest, \`digestry check --out FILE\` a whole export.`;
}

const DIRECTORY_SCHEMES = ['{CRYPT}', '{ARGON2}'];

/** Shortens long runs of hexadecimal and Base64. */
function elided(text: string): string {
  return text.replace(/[A-Za-z0-9+/._-]{21,}=*/g, (run) => `${run.slice(0, 12)}…`);
}

/** Further sources are listed in a sentence. */
const MOST_SOURCES = 6;

function tested(name: string): string {
  const { groups = [] } = hasherVectors().find(({ hasher }) => hasher === name) ?? {};
  const counts = new Map<string, number>();
  for (const { source, tests } of groups) {
    counts.set(sourceText(source), (counts.get(sourceText(source)) ?? 0) + tests.length);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const rows = [...counts].sort(([, a], [, b]) => b - a).map(([source, count]) => [escaped(source), grouped(count)]);
  const others = rows.splice(MOST_SOURCES);
  const more = others.length === 0 ? '' : `\n\nAnd from ${others.map(([source]) => source).join(', ')}.`;
  return `${grouped(total)} vectors, on every backend, from:\n\n${table(['product', 'vectors'], rows)}${more}\n\nThe hasher is \`src/${hasherPath(name)}\`, its vectors are \`vectors/hashers/${name}.json\`.`;
}

function sourceText({ name, version }: VectorSource): string {
  return `${name} ${version.replace(/[0-9a-f]{40}/, (commit) => commit.slice(0, 8))}`.trim();
}

/** @param rows cells of HTML or Markdown phrases. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '&#124;')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
