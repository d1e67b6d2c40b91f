/** Exports for tests: the same users as CSV, NDJSON and JSON, in files of a folder that goes away. */
import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export const MD5_OF_PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99';
export const BCRYPT = '$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG';

export interface Folder {
  /** Writes a file; answers with its path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
  path(name: string): string;
}

export function temporaryFolder(): Folder {
  // At once: a path that is asked for while tests are collected must not be one of the working directory.
  const folder = mkdtempSync(join(tmpdir(), 'digestry-test-'));
  afterAll(() => rm(folder, { recursive: true }));
  return {
    path: (name) => join(folder, name),
    async write(name, content) {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    },
  };
}

export type User = Readonly<Record<string, string>>;

const quoted = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

export function csvOf(users: readonly User[], newline = '\n'): string {
  const names = Object.keys(users[0] ?? {});
  return [names, ...users.map((user) => names.map((name) => user[name] ?? ''))]
    .map((cells) => cells.map(quoted).join(',') + newline)
    .join('');
}

export function ndjsonOf(users: readonly User[]): string {
  return users.map((user) => `${JSON.stringify(user)}\n`).join('');
}

/** Users of a site: sound, weak, disabled, missing, damaged, mislabelled. */
export const USERS: readonly User[] = [
  { id: 'u1', passwordHasher: 'bcrypt', passwordDigest: BCRYPT },
  { id: 'u2', passwordHasher: 'bcrypt', passwordDigest: BCRYPT.replace('$2b$', '$2a$') },
  { id: 'u3', passwordHasher: 'md5', passwordDigest: MD5_OF_PASSWORD.toUpperCase() },
  { id: 'u4', passwordHasher: 'bcrypt', passwordDigest: BCRYPT.slice(0, -1) },
  { id: 'u5', passwordHasher: 'BCrypt', passwordDigest: BCRYPT },
  { id: 'u6', passwordHasher: 'bcrypt', passwordDigest: '' },
  { id: 'u7', passwordHasher: 'bcrypt', passwordDigest: '*0' },
  { id: 'u8', passwordHasher: 'awscognito', passwordDigest: 'awscognito#eu-west-1_Ab12Cd34E#client#jane@example.com' },
  { id: 'u9', passwordHasher: '__proto__', passwordDigest: BCRYPT },
  {
    id: 'u10',
    passwordHasher: 'argon2id',
    passwordDigest: '$argon2id$v=19$m=65536,t=3,p=4$cI6PYa4pLK+IlqtofcxPfw$HFqD0/McUX0X5P3ipH9mpqyrNjdhYaXZheIlphf6s0o',
  },
  { id: 'u11', passwordHasher: '', passwordDigest: BCRYPT },
  { id: 'u12', passwordHasher: 'bcrypt', passwordDigest: BCRYPT.replace('$10$', '$17$') },
];
