/** A CSV checked as Clerk's migration tool does it: papaparse streams, and zod looks at each row. */
import { createReadStream } from 'node:fs';
import papaparse from 'papaparse';
import { file, finish, take } from './users.mjs';

papaparse.parse(createReadStream(file), {
  header: true,
  skipEmptyLines: true,
  step: ({ data }) => take(data),
  complete: finish,
});
