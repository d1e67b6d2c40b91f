/** digestry hashers: the table of formats. */
import { Command } from 'commander';
import { type AnyHasher, hashers } from '../index.js';
import { table } from '../present/table.js';
import { print, printJson, type Terminal } from './terminal.js';

export function hashersCommand(terminal: Terminal): Command {
  return new Command('hashers')
    .description('list every hasher')
    .option('--json', 'with examples')
    .action(async (flags: { readonly json?: boolean }) => {
      if (flags.json) {
        const shown = hashers.map((hasher) => {
          const { name, prefixes, insecure, assumed, example } = hasher;
          return { name, kdf: kdfOf(hasher), prefixes, insecure, assumed, example };
        });
        await printJson(terminal, shown);
      } else {
        const columns = [{ title: 'hasher' }, { title: 'kdf' }, { title: 'begins with' }, { title: 'remarks' }];
        const rows = hashers.map((hasher) => [hasher.name, kdfOf(hasher), signatures(hasher), remarks(hasher)]);
        await print(terminal, ...table(columns, rows));
      }
    });
}

function kdfOf(hasher: AnyHasher): string {
  const { kdf, algorithm, work } = hasher.cost(hasher.parse(hasher.example.digest).params);
  if (work === 0) return 'none';
  return algorithm === undefined ? kdf : `${kdf} ${algorithm}`;
}

function signatures({ prefixes }: AnyHasher): string {
  return prefixes.length === 0 ? '(structure)' : prefixes.join(' ');
}

function remarks({ insecure, assumed, example }: AnyHasher): string {
  if (example.password === undefined) return 'shape only';
  return [insecure ? 'insecure' : '', assumed ? 'form assumed' : ''].filter((word) => word !== '').join(', ');
}
