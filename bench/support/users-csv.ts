/** An export of users with bcrypt digests as a file: the same on every machine. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Last characters whose unused bits are zero. */
const SALT_ENDS = '.Oeu';
const HASH_ENDS = '.CGKOSWaeimquy26';
const ROWS_AT_ONCE = 10_000;

/** xorshift32 */
function numbers(): (limit: number) => number {
  let state = 0x9e3779b9;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

export type UsersFormat = 'csv' | 'ndjson';

function* text(rows: number, format: UsersFormat): Generator<string> {
  const below = numbers();
  const characters = (count: number): string => {
    let made = '';
    for (let i = 0; i < count; i++) made += ALPHABET[below(64)];
    return made;
  };
  const digest = (): string => `$2b$10$${characters(21)}${SALT_ENDS[below(4)]}${characters(30)}${HASH_ENDS[below(16)]}`;
  if (format === 'csv') yield 'id,email,password_hasher,password_digest\n';
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, rows - from);
    yield Array.from({ length: count }, (_, i) => {
      const n = from + i;
      const [id, email, passwordDigest] = [`user_${n}`, `user${n}@example.com`, digest()];
      return format === 'csv'
        ? `${id},${email},bcrypt,${passwordDigest}\n`
        : `${JSON.stringify({ id, email, passwordHasher: 'bcrypt', passwordDigest })}\n`;
    }).join('');
  }
}

export async function writeUsers(file: string, rows: number, format: UsersFormat = 'csv'): Promise<void> {
  await pipeline(text(rows, format), createWriteStream(file));
}
