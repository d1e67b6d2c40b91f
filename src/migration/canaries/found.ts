/** The rows of the known passwords, gathered while an export is read. */
import type { Registry } from '../../registry.js';
import type { Credential } from '../../types.js';
import { mend } from '../mend.js';
import type { Row } from '../row.js';
import type { Place } from '../tally.js';
import type { Canaries } from './read.js';

/** A known password and its digest. Secret: never shown. */
export interface Canary extends Place {
  readonly password: string;
  /** As it can be imported. */
  readonly credential: Credential;
}

export interface Gathering {
  take(row: Row, file: number): void;
  /** In the order of the rows. */
  found(): readonly Canary[];
}

/** Of several rows with one id the first that has a digest counts. */
export function gather(registry: Registry, canaries: Canaries): Gathering {
  const found = new Map<string, Canary>();
  return {
    take(row, file) {
      const { id, line, passwordDigest } = row;
      const password = canaries.get(id);
      if (password === undefined || row.problem !== undefined || !passwordDigest || found.has(id)) return;
      found.set(id, {
        file,
        line,
        id,
        password,
        credential: credentialOf(registry, row.passwordHasher, passwordDigest),
      });
    },
    found: () => [...found.values()],
  };
}

function credentialOf(registry: Registry, hasher: string | undefined, passwordDigest: string): Credential {
  const mended = mend(registry, hasher, passwordDigest)?.credential;
  if (mended !== undefined) return mended;
  return { passwordHasher: hasher ?? registry.identify(passwordDigest)[0]?.hasher ?? '', passwordDigest };
}
