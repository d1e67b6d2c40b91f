/** Parts of the message corpus against the golden file: quick enough to run for each mutant, which test/messages is not. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { block, sections } from '../messages/corpus.js';
import { PARTS } from './parts.mjs';

const golden = readFileSync(new URL('../messages/messages.golden', import.meta.url), 'utf8').split(/\n(?=\S)/);
const known = new Set(golden.map((lines) => lines.trimEnd()));

const wanted = new Set(PARTS[process.env['MUTATION_PART'] ?? '']?.messages);

test.for(Object.entries(sections).filter(([name]) => wanted.has(name)))(
  'the golden file has the messages of %s',
  async ([, section]) => {
    const produced = (await section()).map(block);
    expect(produced.length).toBeGreaterThan(0);
    expect(produced.filter((lines) => !known.has(lines))).toEqual([]);
  },
);
