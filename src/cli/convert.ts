/** digestry convert: digests of other systems as credentials. */
import type { Command } from 'commander';
import { nameHasher } from '../errors.js';
import { clerkRegistry } from '../library.js';
import { findConversion } from '../recognize/convert.js';
import { explainUnread } from '../recognize/diagnose.js';
import { type SystemName, systemNames } from '../recognize/systems/index.js';
import { choiceOption } from './flags.js';
import { givenDigests } from './given-digests.js';
import { type Problem, tellProblem } from './problem.js';
import { type Context, EXIT, printJson } from './terminal.js';

const HELP = `
Prints one line per digest: {"passwordHasher":…,"passwordDigest":…}, or null if
no conversion is certain. Notes go to stderr.

Example:
  digestry convert '{MD5}nMKuihunqT2jm0b8EBnEgQ=='

Exit codes: 0 all converted; 1 at least one has no conversion.`;

export function defineConvert(command: Command, { terminal, exit }: Context): void {
  command
    .argument('[digest...]', 'digests in single quotes; - for the lines of stdin (default)')
    .addOption(
      choiceOption('--system <system>', 'system that wrote the digests, if several share the form', systemNames),
    )
    .option('--json', 'print NDJSON; the default')
    .addHelpText('after', HELP)
    .action(async (digests: string[], { system }: { readonly system?: SystemName }) => {
      for await (const { digest, number } of givenDigests(digests, terminal)) {
        const conversion = findConversion(clerkRegistry, digest, system);
        if (conversion === undefined) {
          exit(EXIT.findings);
          const { message, fix } = explainUnconvertible(digest);
          tellProblem(terminal, { digest: number, message: `no certain conversion: ${message}`, fix });
        }
        for (const { severity, message, fix } of conversion?.findings ?? []) {
          tellProblem(terminal, { digest: number, message: `${severity}: ${message}`, fix });
        }
        await printJson(terminal, conversion?.credential ?? null, 0);
      }
    });
}

function explainUnconvertible(digest: string): Problem {
  const candidates = clerkRegistry.identify(digest);
  if (candidates.some(({ convertible }) => convertible)) {
    return { message: candidates.map(({ reason }) => reason).join('; or '), fix: 'pass --system NAME' };
  }
  if (candidates.length > 0) {
    return { message: `it looks like a digest of ${candidates.map(({ hasher }) => hasher).join(' or ')}` };
  }
  const error = explainUnread(clerkRegistry.hashers, digest);
  if (error === undefined) return { message: 'unknown shape' };
  return { message: nameHasher(error), fix: error.fix };
}
