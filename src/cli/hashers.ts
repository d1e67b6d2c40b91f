/** digestry hashers: the table of formats. */
import type { Command } from 'commander';
import { type AnyHasher, hashers } from '../index.js';
import { table } from '../present/table.js';
import { type Context, print, printJson } from './terminal.js';

export function defineHashers(command: Command, { terminal }: Context): void {
  command
    .option('--json', 'print the list as JSON, with examples')
    .action(async (flags: { readonly json?: boolean }) => {
      if (flags.json) {
        const shown = hashers.map((hasher) => {
          const { name, prefixes, insecure, assumed, example } = hasher;
          return { name, kdf: nameKdf(hasher), prefixes, insecure, assumed, example };
        });
        await printJson(terminal, shown);
      } else {
        const columns = [{ title: 'hasher' }, { title: 'kdf' }, { title: 'begins with' }, { title: 'remarks' }];
        const rows = hashers.map((hasher) => [hasher.name, nameKdf(hasher), signatures(hasher), remarks(hasher)]);
        await print(terminal, ...table(columns, rows));
      }
    });
}

function nameKdf(hasher: AnyHasher): string {
  if (!hasher.verifiable) return 'none';
  const { kdf, algorithm } = hasher.cost(hasher.parse(hasher.example.digest).params);
  return algorithm === undefined ? kdf : `${kdf} ${algorithm}`;
}

function signatures({ prefixes }: AnyHasher): string {
  return prefixes.length === 0 ? '(structure)' : prefixes.join(' ');
}

function remarks({ insecure, assumed, verifiable }: AnyHasher): string {
  if (!verifiable) return 'shape only';
  return [insecure ? 'insecure' : '', assumed ? 'assumed' : ''].filter((word) => word !== '').join(', ');
}
