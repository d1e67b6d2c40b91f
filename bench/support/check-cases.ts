/** The exports that `check` is measured with: their sizes, what people write for them, and what is wanted. */
import type { ShapeName } from './export/shapes/index.js';

export interface CheckCase {
  readonly shape: ShapeName;
  readonly rows: number;
  /** Undefined where none reads it without hundreds of packages. */
  readonly rival?: Rival;
  /** How many times faster than the rival. */
  readonly least?: number;
}

export interface Rival {
  readonly name: string;
  /** In thirdparty/. */
  readonly script: string;
  /** All of them are needed. */
  readonly packages: readonly string[];
  /** It cannot read a larger file. */
  readonly mostBytes?: number;
}

const PAPAPARSE: Rival = { name: 'papaparse + zod', script: 'check-csv.mjs', packages: ['papaparse', 'zod'] };
const READLINE: Rival = { name: 'readline + zod', script: 'check-ndjson.mjs', packages: ['zod'] };
const WHOLE: Rival = {
  name: 'JSON.parse + zod',
  script: 'check-json.mjs',
  packages: ['zod'],
  // A string of V8 has 2^29 - 24 characters at most.
  mostBytes: 2 ** 29 - 24,
};
const TABLE: Rival = { name: 'readline, values apart + zod', script: 'check-sql.mjs', packages: ['zod'] };
/** It counts one field, and checks nothing. */
const COUNT: Rival = { name: 'readline alone', script: 'count-ldif.mjs', packages: [] };

const MILLION = 1_000_000;

export const CHECK_CASES: readonly CheckCase[] = [
  { shape: 'clerk', rows: MILLION, rival: PAPAPARSE, least: 6 },
  { shape: 'supabase', rows: MILLION, rival: PAPAPARSE, least: 8 },
  { shape: 'wordpress', rows: MILLION, rival: PAPAPARSE, least: 8 },
  { shape: 'semicolon', rows: MILLION, rival: PAPAPARSE, least: 4 },
  { shape: 'argon2', rows: MILLION, rival: PAPAPARSE, least: 4 },
  { shape: 'newlines', rows: 3 * MILLION, rival: PAPAPARSE, least: 5 },
  { shape: 'auth0', rows: MILLION, rival: READLINE, least: 5 },
  { shape: 'firebase', rows: 300_000, rival: WHOLE, least: 3 },
  { shape: 'keycloak', rows: 300_000, rival: WHOLE, least: 4 },
  { shape: 'django', rows: 300_000, rival: WHOLE, least: 4 },
  { shape: 'ldif', rows: MILLION, rival: COUNT, least: 1.5 },
  { shape: 'generic', rows: MILLION, rival: PAPAPARSE, least: 6 },
  { shape: 'authjs', rows: MILLION, rival: PAPAPARSE, least: 6 },
  { shape: 'mongodb', rows: MILLION, rival: READLINE, least: 2.5 },
  { shape: 'mysqldump', rows: MILLION, rival: TABLE, least: 2 },
  { shape: 'pg-dump', rows: MILLION, rival: TABLE, least: 1.5 },
  { shape: 'sqlite-dump', rows: MILLION, rival: TABLE, least: 1.5 },
  { shape: 'xlsx', rows: 300_000 },
];
