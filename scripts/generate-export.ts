/**
 * Writes an export of any size, and beside it FILE.expected.json: what a check of it has to find.
 *
 *     npm run generate -- --rows 10000000 --format csv --seed 1 --out /tmp/users.csv
 */
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { generateExport } from '../bench/support/export/generate.js';

const NEWLINES = { lf: '\n', crlf: '\r\n', cr: '\r' } as const;

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    format: { type: 'string', default: 'csv' },
    seed: { type: 'string', default: '1' },
    newline: { type: 'string', default: 'lf' },
    out: { type: 'string' },
  },
});
const { format, newline, out } = values;
const [rows, seed] = [Number(values.rows), Number(values.seed)];
const isAsked =
  Number.isSafeInteger(rows) && rows > 0 && rows < 2 ** 30 && Number.isSafeInteger(seed) && out !== undefined;
if (!isAsked || (format !== 'csv' && format !== 'ndjson') || !Object.hasOwn(NEWLINES, newline)) {
  process.stderr.write(
    'usage: generate-export --out FILE [--rows N] [--format csv|ndjson] [--seed N] [--newline lf|crlf|cr]\n',
  );
  process.exit(2);
}

const since = performance.now();
const made = generateExport({ rows, format, seed, newline: NEWLINES[newline as keyof typeof NEWLINES] });
await pipeline(Readable.from(made.chunks), createWriteStream(out));
const expected = made.expected();
await writeFile(`${out}.expected.json`, `${JSON.stringify(expected, null, 2)}\n`);
const seconds = (performance.now() - since) / 1000;
const text = `${rows} rows, ${expected.input.bytes} bytes in ${seconds.toFixed(1)} s`;
process.stderr.write(`${out}: ${text} (${Math.round(rows / seconds)} rows/s)\n`);
