/** How many rows a second `check` reads on one core, of each format, and in how much memory. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bench } from 'tinybench';
import { check } from '../dist/migration/index.js';
import { machine, say, show } from './support/show.js';

const ROWS = 500_000;
const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Last characters whose unused bits are zero. */
const SALT_ENDS = '.Oeu';
const HASH_ENDS = '.CGKOSWaeimquy26';

/** xorshift32: the same rows on every machine. */
let state = 0x9e3779b9;
function below(limit: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % limit;
}

function characters(count: number): string {
  let text = '';
  for (let i = 0; i < count; i++) text += ALPHABET[below(64)];
  return text;
}

const digest = (): string => `$2b$10$${characters(21)}${SALT_ENDS[below(4)]}${characters(30)}${HASH_ENDS[below(16)]}`;

const users = Array.from({ length: ROWS }, (_, i) => ({
  id: `user_${i}`,
  email: `user${i}@example.com`,
  password_hasher: 'bcrypt',
  password_digest: digest(),
}));
const folder = await mkdtemp(join(tmpdir(), 'digestry-bench-'));
try {
  const csv = ['id,email,password_hasher,password_digest', ...users.map((user) => Object.values(user).join(','))];
  const contents = {
    csv: csv.join('\n'),
    ndjson: users.map((user) => JSON.stringify(user)).join('\n'),
    json: JSON.stringify(users),
  };
  const bench = new Bench({ time: 0, iterations: 5, warmupTime: 0, warmupIterations: 1 });
  say(machine());
  for (const [format, content] of Object.entries(contents)) {
    const file = join(folder, `users.${format}`);
    await writeFile(file, content);
    bench.add(format, async () => {
      const { totals } = await check([file]);
      if (totals.ok !== ROWS) throw new Error(`${totals.ok} of ${ROWS} rows are fine`);
    });
  }
  await bench.run();
  show(`check, ${ROWS.toLocaleString('en-US')} rows of bcrypt`, bench, ROWS);
} finally {
  await rm(folder, { recursive: true });
}
