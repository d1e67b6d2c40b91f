/** The passwords of an LDIF counted, and nothing else: the least that a script could do. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

let rows = 0;
const lines = createInterface({ input: createReadStream(process.argv[2]), crlfDelay: Number.POSITIVE_INFINITY });
lines.on('line', (line) => {
  if (line.startsWith('userPassword:')) rows++;
});
lines.on('close', () => process.stdout.write(JSON.stringify({ rows })));
