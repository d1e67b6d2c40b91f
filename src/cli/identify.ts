/** digestry identify: which hasher a digest belongs to. */
import type { Command } from 'commander';
import { type Candidate, identify } from '../index.js';
import { defaultRegistry } from '../library.js';
import { wrapped } from '../present/table.js';
import { explainUnread } from '../recognize/diagnose.js';
import { givenDigests, NUMBERED_WIDTH, numbered } from './given-digests.js';
import { rejectedLines } from './problem.js';
import { type Context, EXIT, print, printJson } from './terminal.js';

const HELP = `
Example:
  digestry identify 5f4dcc3b5aa765d61d8327deb882cf99

Exit codes: 0 identified; 1 unknown digest.`;

export function defineIdentify(command: Command, { terminal, exit }: Context): void {
  command
    .argument('[digest...]', 'digests in single quotes; - for the lines of stdin (default)')
    .option('--json', 'print a JSON array of candidates per digest, one a line')
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
    if (known !== undefined) return ['unknown', ...rejectedLines(known, NUMBERED_WIDTH)];
    return ['unknown', '  no hasher has this shape; digestry parse --hasher NAME shows why'];
  }
  return candidates.flatMap(({ hasher, certainty, reason, convertible, findings }) => [
    `${hasher}  ${certainty}`,
    ...wrapped(convertible === undefined ? reason : `${reason}: digestry convert`, NUMBERED_WIDTH, '  '),
    ...findings.flatMap(({ severity, message }) => wrapped(`${severity}: ${message}`, NUMBERED_WIDTH, '  ')),
  ]);
}
