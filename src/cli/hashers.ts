/** digestry hashers: the table of formats, by family; or all that is known of one. */
import type { Command } from 'commander';
import { formats } from '../formats.js';
import { getDocumentedFormat, getFormat } from '../hashers/index.js';
import { type AnyHasher, clerkHashers } from '../index.js';
import { defaultRegistry } from '../library.js';
import { table, wrapped } from '../present/table.js';
import { WIDTH } from '../present/terminal-style.js';
import { unknownHasherName } from '../recognize/explain-name.js';
import { type Context, print, printJson } from './terminal.js';

const HELP = `
Examples:
  digestry hashers php
  digestry hashers drupal7`;

/** The import API's hashers as a family of their own. */
const CLERK = 'clerk';

export function defineHashers(command: Command, { terminal }: Context): void {
  command
    .argument('[name]', 'a family, such as php, or a hasher')
    .option('--json', 'print the list as JSON, with examples')
    .addHelpText('after', HELP)
    .action(async (name: string | undefined, flags: { readonly json?: boolean }) => {
      const families = groupByFamily();
      const family = name === undefined ? undefined : families.get(name);
      if (name === undefined || family !== undefined) {
        const shown = family === undefined ? families : new Map([[name as string, family]]);
        if (flags.json)
          await printJson(
            terminal,
            [...shown].flatMap(([of, all]) => all.map((one) => describe(of, one))),
          );
        else await print(terminal, ...listFamilies(shown));
        return;
      }
      const hasher = defaultRegistry.get(name);
      if (hasher === undefined) throw unknownHasherName(defaultRegistry.hashers, name, 'name');
      if (flags.json) await printJson(terminal, describe(familyOf(hasher), hasher));
      else await print(terminal, ...describeLines(hasher));
    });
}

function groupByFamily(): Map<string, readonly AnyHasher[]> {
  const families = new Map<string, AnyHasher[]>([[CLERK, [...clerkHashers]]]);
  for (const hasher of formats) {
    const family = familyOf(hasher);
    families.set(family, [...(families.get(family) ?? []), hasher]);
  }
  return families;
}

function familyOf(hasher: AnyHasher): string {
  return getFormat(hasher)?.family ?? CLERK;
}

function describe(family: string, hasher: AnyHasher): object {
  const { name, prefixes, insecure, assumed, example, companions = [] } = hasher;
  const { users, writers, traps, sources, recipe } = documentation(hasher) ?? {};
  const found = { name, family, kdf: nameKdf(hasher), prefixes, insecure, assumed, users, companions };
  return { ...found, recipe, writers, traps, sources, example };
}

/** The registry's own formats have no documentation with them. */
function documentation({ name }: AnyHasher) {
  const found = formats.find((one) => one.name === name);
  return found && getDocumentedFormat(found);
}

function listFamilies(families: ReadonlyMap<string, readonly AnyHasher[]>): string[] {
  return [...families].flatMap(([family, all], index) => [
    ...(index === 0 ? [] : ['']),
    `${family} (${all.length})`,
    ...table(
      [{ title: 'hasher' }, { title: 'kdf' }, { title: 'begins with' }, { title: 'remarks' }],
      all.map((hasher) => [hasher.name, nameKdf(hasher), signatures(hasher), remarks(hasher)]),
    ),
  ]);
}

function describeLines(hasher: AnyHasher): string[] {
  const found = documentation(hasher);
  const line = (title: string, text: string | undefined): string[] =>
    text === undefined || text === '' ? [] : wrapped(`${title}: ${text}`, WIDTH, '  ');
  const { recipe, writers, traps = [], sources = [] } = found ?? {};
  const needs = (hasher.companions ?? []).map(({ name, optional }) => (optional ? `${name} (optional)` : name));
  return [
    `${hasher.name}  ${familyOf(hasher)}`,
    ...line('kdf', nameKdf(hasher)),
    ...line(
      'recipe',
      typeof recipe === 'string'
        ? recipe
        : recipe &&
            Object.entries(recipe.of)
              .map((one) => one.join(': '))
              .join('; '),
    ),
    ...line('begins with', hasher.prefixes.join(' ')),
    ...line('from other columns', needs.join(', ')),
    ...line('written by', writers),
    ...line('remarks', remarks(hasher)),
    ...line('example', hasher.example.digest),
    ...traps.flatMap((trap) => line('trap', trap)),
    ...sources.flatMap((source) => line('source', source)),
  ];
}

function nameKdf(hasher: AnyHasher): string {
  if (!hasher.verifiable) return 'none';
  const { kdf, algorithm } = hasher.cost(hasher.parse(hasher.example.digest, hasher.example).params);
  return algorithm === undefined ? kdf : `${kdf} ${algorithm}`;
}

/** Characters: a longer one leaves no room for the remarks. */
const MOST_SIGNATURE = 20;

function signatures({ prefixes }: AnyHasher): string {
  if (prefixes.length === 0) return '(structure)';
  const [first = '', second, ...more] = [...new Set(prefixes)];
  const shown = second !== undefined && more.length === 0 ? `${first} ${second}` : first;
  return shown.length > MOST_SIGNATURE ? `${first.slice(0, MOST_SIGNATURE)}…` : more.length > 0 ? `${first} …` : shown;
}

function remarks({ insecure, assumed, verifiable, companions = [] }: AnyHasher): string {
  if (!verifiable) return 'shape only';
  const needs = companions.filter(({ optional }) => !optional).map(({ name }) => name);
  return [insecure ? 'insecure' : '', assumed ? 'assumed' : '', needs.length > 0 ? `needs ${needs.join(', ')}` : '']
    .filter((word) => word !== '')
    .join(', ');
}
