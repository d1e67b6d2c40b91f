/** The tables in which all threads of a check count the values that are on several rows. */
import { createTable, readShared, reserve, type Shared, type SharedTable } from './duplicates.js';

/**
 * 367 000 different digests and ids are counted exactly, in 8 MiB each; salts matter less. Larger tables cost more time than
 * the rest of a check.
 */
const DIGEST_SLOTS = 2 ** 19;
const ID_SLOTS = 2 ** 19;
const SALT_SLOTS = 2 ** 16;
/** Some 300 000 rows. */
const LARGE_BYTES = 32 * 1024 * 1024;

export interface DuplicateTables {
  readonly digests: SharedTable;
  readonly ids: SharedTable;
  readonly salts: SharedTable;
}

/** @param bytes of the export, where they are known. */
export function createTables(bytes = 0): DuplicateTables {
  const isLarge = bytes > LARGE_BYTES;
  const table = (slots: number) => createTable(slots, isLarge);
  return { digests: table(DIGEST_SLOTS), ids: table(ID_SLOTS), salts: table(SALT_SLOTS) };
}

/** Must be called before several threads fill them. */
export function reserveTables({ digests, ids, salts }: DuplicateTables): void {
  for (const table of [digests, ids, salts]) reserve(table);
}

/** Once all counters have finished. */
export function readTables({ digests, ids, salts }: DuplicateTables): Readonly<Record<keyof DuplicateTables, Shared>> {
  return { digests: readShared(digests), ids: readShared(ids), salts: readShared(salts) };
}
