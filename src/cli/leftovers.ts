/** Temporary files of runs that were killed: they hold digests, and nothing removes them but their user. */
import { sanitizeForDisplay } from '../encoding/display.js';
import { findDestination } from '../files/destination.js';
import { findLeftovers, type Leftover } from '../files/temporary.js';
import { tellProblem } from './problem.js';
import type { Terminal } from './terminal.js';

/** @param files that are about to be written, as they were named. */
export async function tellLeftovers(terminal: Terminal, files: readonly string[]): Promise<void> {
  for (const file of files) {
    if (file === '-') continue;
    // What is wrong with the file is said when it is opened.
    const path = await findDestination(file).then(
      (destination) => (destination.kind === 'file' ? destination.path : undefined),
      () => undefined,
    );
    if (path === undefined) continue;
    for (const leftover of await findLeftovers(path)) {
      tellProblem(terminal, { message: leftoverText(leftover), fix: FIXES[leftover.kind] });
    }
  }
}

function leftoverText({ file, kind }: Leftover): string {
  const what = kind === 'tmp' ? 'a part of an output, which may hold digests' : 'the file that it was about to replace';
  return `a run that was killed left ${sanitizeForDisplay(file, 500)}: ${what}`;
}

const FIXES: Readonly<Record<Leftover['kind'], string>> = {
  tmp: 'delete it, unless a run on another machine writes it',
  old: 'delete it, or give it its name back',
};
