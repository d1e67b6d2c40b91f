/** What has to follow before a dump ends: programs write it after the rows, so that a dump without it is cut off. */

/** What mysqldump writes around the rows of a table, and SQLite around all of them. */
const UNLOCKS = new Map([
  ['LOCK', 'UNLOCK TABLES'],
  ['UNLOCK', ''],
  ['BEGIN', 'COMMIT'],
  ['COMMIT', ''],
  // What sqlite3 writes after the rows that it could read of a damaged database.
  ['ROLLBACK', 'COMMIT'],
  ['END', ''],
]);

export class SqlDumpEnd {
  /** The statement that has to follow; empty where none has to. */
  unlock = '';

  /** @param word that a statement begins with. */
  note(word: string): void {
    this.unlock = UNLOCKS.get(word) ?? this.unlock;
  }

  /** @param isDumpOpen the dump began with a comment to which another one at its end belongs. */
  findMissing(isDumpOpen: boolean): string {
    return this.unlock === '' && isDumpOpen ? 'its comment "dump complete"' : this.unlock;
  }
}
