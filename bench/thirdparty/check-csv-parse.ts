/**
 * An export read by csv-parse as a stream of records, of which nothing is checked but that the digest is there. Prints the
 * rows that passed, the milliseconds that it took and the bytes of memory that it held at most.
 */
import { createReadStream } from 'node:fs';
import { rival } from './load.js';

interface CsvParse {
  parse(options: { readonly columns: true; readonly skip_empty_lines: true }): NodeJS.ReadWriteStream;
}

const parser = await rival<CsvParse>('csv-parse');
const [file = ''] = process.argv.slice(2);
if (parser === undefined) throw new Error('csv-parse is not installed');

const since = performance.now();
let rows = 0;
let peakRssBytes = 0;
const records = createReadStream(file).pipe(parser.parse({ columns: true, skip_empty_lines: true }));
for await (const record of records) {
  const { password_digest } = record as unknown as Readonly<Record<string, string>>;
  if (password_digest !== '') rows++;
  if (rows % 10_000 === 0) peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
}
process.stdout.write(JSON.stringify({ rows, durationMs: performance.now() - since, peakRssBytes }));
