/** digestry convert: digests of other systems as credentials. */
import { Command } from 'commander';
import { convert } from '../index.js';
import { argumentsOrLines, EXIT, type ExitCode, print, type Terminal, talk } from './terminal.js';

export function convertCommand(terminal: Terminal, exit: (code: ExitCode) => void): Command {
  return new Command('convert')
    .description("turn other systems' digests into { passwordHasher, passwordDigest }")
    .argument('[digest...]', 'digests in single quotes; without them, lines of stdin')
    .option('--json', 'the same: the output always is NDJSON')
    .addHelpText('after', '\nA digest that no hasher can hold gives the line "null", and the command ends with 1.')
    .action(async (digests: string[]) => {
      let code: ExitCode = EXIT.fine;
      let line = 0;
      for await (const digest of argumentsOrLines(digests, terminal)) {
        line++;
        const credential = convert(digest);
        if (credential === undefined) {
          code = EXIT.findings;
          talk(terminal, `digestry convert: number ${line} has no certain conversion`);
        }
        print(terminal, JSON.stringify(credential ?? null));
      }
      exit(code);
    });
}
