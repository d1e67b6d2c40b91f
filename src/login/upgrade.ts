/** A password that matched is the one moment at which its digest can be replaced. */
import { describeReceived } from '../encoding/received.js';
import type { Credential, RehashReason, Verdict } from '../types.js';

/**
 * What `save` is asked: to put `next` in the place of `previous`, and of nothing else, and to answer whether it did.
 * Anything but true and false is an `upgradeError`.
 */
export type Save = (next: Credential, previous: Credential) => Promise<boolean> | boolean;

export type UpgradeVerdict =
  | {
      readonly outcome: 'match';
      /** Why the digest is to be replaced; empty where it stays. */
      readonly rehash: readonly RehashReason[];
      /** A new digest is in its place. */
      readonly upgraded: boolean;
      /**
       * Why not: the `DigestError` of hashing, what `save` threw, or a `TypeError` where `save` answered neither true nor
       * false. Absent where it answered false.
       */
      readonly upgradeError?: unknown;
    }
  | Exclude<Verdict, { readonly outcome: 'match' }>;

/** What became of a new digest. */
export type Upgrade =
  | { readonly outcome: 'saved' | 'conflict' }
  | { readonly outcome: 'hash-failed' | 'save-failed'; readonly error: unknown };

/** Never rejects: a match is a match, whatever becomes of the new digest. */
export async function upgrade(hash: () => Promise<Credential>, save: Save, previous: Credential): Promise<Upgrade> {
  let next: Credential;
  try {
    next = await hash();
  } catch (error) {
    return { outcome: 'hash-failed', error };
  }
  try {
    const saved: unknown = await save(next, previous);
    if (typeof saved === 'boolean') return { outcome: saved ? 'saved' : 'conflict' };
    throw new TypeError(`save must return true or false (returned ${describeReceived(saved)})`);
  } catch (error) {
    return { outcome: 'save-failed', error };
  }
}
