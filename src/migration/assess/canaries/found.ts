/** The rows of the known passwords, gathered while an export is read. */
import type { Registry } from '../../../registry.js';
import type { Credential } from '../../../types.js';
import type { Row, RowPlace } from '../../row.js';
import type { Outcome, RowRejection } from '../outcome.js';
import { repair } from '../repair.js';
import type { Canaries } from './read.js';

/** The row of a canary, and its outcome. Secret. */
export interface KnownRow extends Pick<Row, 'line' | 'id' | 'passwordHasher' | 'passwordDigest'> {
  readonly verdict: Outcome['verdict'];
  readonly hasher: string | null;
  /** Of another field of the row. */
  readonly salt: string | undefined;
  readonly rejection: (Pick<RowRejection, 'code'> & { readonly message: string }) | undefined;
}

/** A known password and its digest. Secret: never shown. */
export interface Canary extends RowPlace {
  readonly password: string;
  /** As it can be imported. */
  readonly credential: Credential;
  /** What the check said of its row, whatever the password. */
  readonly verdict: KnownRow['verdict'];
  /** To whose rows it was counted. */
  readonly hasher: string | null;
  /** Of another field of the row. Secret. */
  readonly salt: string | undefined;
  readonly rejection: KnownRow['rejection'];
}

export interface Gathering {
  take(row: KnownRow, file: number): void;
  /** In the order of the rows. */
  found(): readonly Canary[];
}

/** Of several rows with one id the first that has a digest counts. */
export function gather(registry: Registry, canaries: Canaries): Gathering {
  const found = new Map<string, Canary>();
  return {
    take(row, file) {
      const { id, line, passwordDigest, verdict, hasher, salt, rejection } = row;
      const password = canaries.get(id);
      if (password === undefined || !passwordDigest || found.has(id)) return;
      found.set(id, {
        file,
        line,
        id,
        password,
        verdict,
        hasher,
        salt,
        rejection,
        credential: readCredential(registry, row.passwordHasher, passwordDigest),
      });
    },
    found: () => [...found.values()],
  };
}

function readCredential(registry: Registry, hasher: string | undefined, passwordDigest: string): Credential {
  const repaired = repair(registry, hasher, passwordDigest)?.credential;
  if (repaired !== undefined) return repaired;
  const [best] = hasher === undefined ? registry.identify(passwordDigest) : [];
  // One of several readings: where it does not match, the others are tried.
  return best?.convertible ?? { passwordHasher: hasher ?? best?.hasher ?? '', passwordDigest };
}
