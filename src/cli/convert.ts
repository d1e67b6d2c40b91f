/** digestry convert: digests of other systems as credentials. */
import { Command } from 'commander';
import { nameHasher } from '../errors.js';
import { defaultRegistry } from '../library.js';
import { wrapped } from '../present/table.js';
import { WIDTH } from '../present/terminal-style.js';
import { findConversion } from '../recognize/convert.js';
import { explainUnread } from '../recognize/diagnose.js';
import { isSystemName } from '../recognize/systems/index.js';
import { EXIT, type Exit, givenDigests, printJson, type Terminal, talk, UsageError } from './terminal.js';

const HELP = `
Prints one line for each digest: {"passwordHasher":…,"passwordDigest":…}, or
null where there is no certain conversion. What to know about it: on stderr.

Example:
  digestry convert 'pbkdf2:sha256:600000$salt$hex'

Ends with 1 where one has no conversion.`;

export function convertCommand(terminal: Terminal, exit: Exit): Command {
  return new Command('convert')
    .description("turn other systems' digests into { passwordHasher, passwordDigest }")
    .argument('[digest...]', 'digests in single quotes; without them, lines of stdin')
    .option('--system <name>', 'system that wrote the digests, where several write them')
    .option('--json', 'the same: the output always is NDJSON')
    .addHelpText('after', HELP)
    .action(async (digests: string[], { system }: { readonly system?: string }) => {
      if (system !== undefined && !isSystemName(system)) throw new UsageError('--system: unknown system');
      for await (const { digest, number } of givenDigests(digests, terminal)) {
        const conversion = findConversion(defaultRegistry, digest, system);
        const about = `digestry convert: ${number === undefined ? '' : `number ${number}: `}`;
        if (conversion === undefined) {
          exit(EXIT.findings);
          told(terminal, `${about}no certain conversion: ${reasonOf(digest)}`);
        }
        for (const { severity, message, fix } of conversion?.findings ?? []) {
          told(terminal, `${about}${severity}: ${message}${fix === undefined ? '' : `; ${fix}`}`);
        }
        await printJson(terminal, conversion?.credential ?? null, 0);
      }
    });
}

function reasonOf(digest: string): string {
  const candidates = defaultRegistry.identify(digest);
  if (candidates.some(({ convertible }) => convertible)) return candidates.map(({ reason }) => reason).join('; or ');
  if (candidates.length > 0) return `it looks like a digest of ${candidates.map(({ hasher }) => hasher).join(' or ')}`;
  const error = explainUnread(defaultRegistry.hashers, digest);
  if (error === undefined) return 'nothing is known of this shape';
  return error.fix === undefined ? nameHasher(error) : `${nameHasher(error)}; ${error.fix}`;
}

function told(terminal: Terminal, text: string): void {
  talk(terminal, ...wrapped(text, WIDTH, ''));
}
