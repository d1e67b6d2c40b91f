/** digestry identify: which hasher a digest belongs to. */
import { Command } from 'commander';
import { identify } from '../index.js';
import { argumentsOrLines, EXIT, type ExitCode, print, type Terminal } from './terminal.js';

export function identifyCommand(terminal: Terminal, exit: (code: ExitCode) => void): Command {
  return new Command('identify')
    .description('tell which hasher a digest belongs to')
    .argument('[digest...]', 'digests in single quotes; without them, lines of stdin')
    .option('--json', 'print an array of candidates for each, one a line')
    .addHelpText('after', '\nEnds with 1 where nothing is known of a digest.')
    .action(async (digests: string[], flags: { readonly json?: boolean }) => {
      let code: ExitCode = EXIT.fine;
      for await (const digest of argumentsOrLines(digests, terminal)) {
        const candidates = identify(digest);
        if (candidates.length === 0) code = EXIT.findings;
        if (flags.json) {
          print(terminal, JSON.stringify(candidates));
          continue;
        }
        if (candidates.length === 0) print(terminal, 'unknown');
        for (const { hasher, certainty, reason, convertible } of candidates) {
          print(terminal, `${hasher}  ${certainty}  ${convertible === undefined ? '' : 'convertible  '}${reason}`);
        }
      }
      exit(code);
    });
}
