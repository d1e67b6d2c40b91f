/** NDJSON checked as most scripts do it: readline, JSON.parse and zod. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { file, finish, take, takeBroken } from './users.mjs';

const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
lines.on('line', (line) => {
  let record;
  try {
    record = JSON.parse(line);
  } catch {
    takeBroken();
    return;
  }
  take(record);
});
lines.on('close', finish);
