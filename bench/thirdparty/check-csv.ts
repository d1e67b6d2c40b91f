/**
 * An export checked as Clerk's migration tool does it: papaparse streams, and zod looks at each row. Prints the rows that
 * passed, the milliseconds that it took and the bytes of memory that it held at most.
 */
import { createReadStream } from 'node:fs';
import { rival } from './load.js';

interface Papaparse {
  parse(
    file: NodeJS.ReadableStream,
    options: {
      readonly header: true;
      readonly skipEmptyLines: true;
      step(result: { readonly data: Readonly<Record<string, string>> }): void;
      complete(): void;
      error(error: unknown): void;
    },
  ): void;
}

interface Schema {
  optional(): Schema;
  refine(passes: (data: Readonly<Record<string, unknown>>) => boolean): Schema;
  safeParse(data: unknown): { readonly success: boolean };
}

interface Zod {
  object(shape: Readonly<Record<string, Schema>>): Schema;
  union(some: readonly Schema[]): Schema;
  array(of: Schema): Schema;
  enum(names: readonly string[]): Schema;
  string(): Schema;
  email(): Schema;
}

const papaparse = await rival<Papaparse>('papaparse');
const z = await rival<Zod>('zod');
const [file = '', ...hasherNames] = process.argv.slice(2);
if (papaparse === undefined || z === undefined) throw new Error('papaparse or zod is not installed');

const user = z
  .object({
    userId: z.string(),
    email: z.union([z.email(), z.array(z.email())]).optional(),
    phone: z.union([z.string(), z.array(z.string())]).optional(),
    username: z.string().optional(),
    firstName: z.string().optional(),
    lastName: z.string().optional(),
    password: z.string().optional(),
    passwordHasher: z.enum(hasherNames).optional(),
  })
  .refine(({ password, passwordHasher }) => !password || passwordHasher !== undefined)
  .refine(({ email, phone }) => Boolean(email) || Boolean(phone));

const since = performance.now();
let rows = 0;
let peakRssBytes = 0;
await new Promise<void>((resolve, reject) => {
  papaparse.parse(createReadStream(file), {
    header: true,
    skipEmptyLines: true,
    step({ data: { id, email, password_hasher, password_digest } }) {
      if (user.safeParse({ userId: id, email, passwordHasher: password_hasher, password: password_digest }).success) {
        rows++;
      }
      if (rows % 10_000 === 0) peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
    },
    complete: () => resolve(),
    error: reject,
  });
});
process.stdout.write(JSON.stringify({ rows, durationMs: performance.now() - since, peakRssBytes }));
