/** digestry identify: which hasher a digest belongs to. */
import { Command } from 'commander';
import { type Candidate, identify } from '../index.js';
import { defaultRegistry } from '../library.js';
import { wrapped } from '../present/table.js';
import { explainUnread } from '../recognize/diagnose.js';
import { errorLines } from './digest-error-text.js';
import {
  EXIT,
  type Exit,
  givenDigests,
  NUMBERED_WIDTH,
  numbered,
  print,
  printJson,
  type Terminal,
} from './terminal.js';

const HELP = `
Example:
  digestry identify 5f4dcc3b5aa765d61d8327deb882cf99

Ends with 1 where nothing is known of a digest.`;

export function identifyCommand(terminal: Terminal, exit: Exit): Command {
  return new Command('identify')
    .description('tell which hasher a digest belongs to')
    .argument('[digest...]', 'digests in single quotes; without them, lines of stdin')
    .option('--json', 'print an array of candidates for each, one a line')
    .addHelpText('after', HELP)
    .action(async (digests: string[], flags: { readonly json?: boolean }) => {
      for await (const { digest, number } of givenDigests(digests, terminal)) {
        const candidates = identify(digest);
        if (candidates.length === 0) exit(EXIT.findings);
        if (flags.json) await printJson(terminal, candidates, 0);
        else await print(terminal, ...numbered(number, candidateLines(candidates, digest)));
      }
    });
}

function candidateLines(candidates: readonly Candidate[], digest: string): string[] {
  if (candidates.length === 0) {
    const known = explainUnread(defaultRegistry.hashers, digest);
    if (known !== undefined) return ['unknown', ...errorLines(known)];
    return ['unknown', '  no hasher has this shape: digestry parse --hasher NAME tells why'];
  }
  return candidates.flatMap(({ hasher, certainty, reason, convertible, findings }) => [
    `${hasher}  ${certainty}`,
    ...wrapped(convertible === undefined ? reason : `${reason}: digestry convert`, NUMBERED_WIDTH, '  '),
    ...findings.flatMap(({ severity, message }) => wrapped(`${severity}: ${message}`, NUMBERED_WIDTH, '  ')),
  ]);
}
