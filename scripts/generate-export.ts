/**
 * Writes an export of any size in the shape of a platform, and beside it FILE.expected.json: what a check of it has to
 * find. Firebase's needs FILE.hash-config.txt too: `digestry check FILE --firebase-config FILE.hash-config.txt`.
 *
 *     npm run generate -- --shape supabase --rows 1000000 --seed 1 --out users.csv
 */
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { generateExport } from '../bench/support/export/generate.js';
import { type ShapeName, shapeNames, shapes } from '../bench/support/export/shapes/index.js';

const NEWLINES = { lf: '\n', crlf: '\r\n', cr: '\r' } as const;

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    shape: { type: 'string', default: 'csv' },
    seed: { type: 'string', default: '1' },
    newline: { type: 'string' },
    out: { type: 'string' },
  },
});
const { newline, out } = values;
const shape = values.shape as ShapeName;
const [rows, seed] = [Number(values.rows), Number(values.seed)];
const isAsked =
  Number.isSafeInteger(rows) && rows > 0 && rows < 2 ** 30 && Number.isSafeInteger(seed) && out !== undefined;
if (!isAsked || !shapeNames.includes(shape) || (newline !== undefined && !Object.hasOwn(NEWLINES, newline))) {
  const names = shapeNames.map((name) => `  ${name.padEnd(12)} ${shapes[name].title}`).join('\n');
  process.stderr.write(
    `usage: generate-export --out FILE [--shape NAME] [--rows N] [--seed N] [--newline lf|crlf|cr]\n\nshapes:\n${names}\n`,
  );
  process.exit(2);
}

const since = performance.now();
const made = generateExport({
  ...{ rows, shape, seed },
  ...(newline !== undefined && { newline: NEWLINES[newline as keyof typeof NEWLINES] }),
});
await pipeline(Readable.from(made.chunks), createWriteStream(out));
const expected = made.expected();
await writeFile(`${out}.expected.json`, `${JSON.stringify(expected, null, 2)}\n`);
const { firebaseConfig } = shapes[shape];
if (firebaseConfig !== undefined) await writeFile(`${out}.hash-config.txt`, firebaseConfig);
const seconds = (performance.now() - since) / 1000;
const text = `${rows} rows, ${expected.input.bytes} bytes in ${seconds.toFixed(1)} s`;
process.stderr.write(`${out}: ${text} (${Math.round(rows / seconds)} rows/s)\n`);
