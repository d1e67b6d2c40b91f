/** A CSV read by csv-parse as a stream of records, of which nothing is checked but that the digest is there. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

let rows = 0;
const records = createReadStream(process.argv[2]).pipe(parse({ columns: true, skip_empty_lines: true }));
for await (const { password_digest } of records) {
  if (password_digest !== '') rows++;
}
process.stdout.write(JSON.stringify({ rows }));
