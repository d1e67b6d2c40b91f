/** A password that matched is the one moment at which its digest can be replaced. */
import type { Credential, RehashReason, Verdict } from '../types.js';

/** What `save` is asked: to put `next` in the place of `previous`, and of nothing else. */
export type Save = (next: Credential, previous: Credential) => Promise<boolean>;

export type UpgradeVerdict =
  | {
      readonly outcome: 'match';
      /** Why the digest is to be replaced; empty where it stays. */
      readonly rehash: readonly RehashReason[];
      /** A new digest is in its place. */
      readonly upgraded: boolean;
      /** Why there is none: the `DigestError` of hashing, or what `save` threw. Absent where `save` answered false. */
      readonly upgradeError?: unknown;
    }
  | Exclude<Verdict, { readonly outcome: 'match' }>;

/** What became of a new digest. */
export type Upgrade =
  | { readonly outcome: 'saved' | 'lost' }
  | { readonly outcome: 'unhashed' | 'unsaved'; readonly error: unknown };

/** Never rejects: a match is a match, whatever becomes of the new digest. */
export async function upgrade(hash: () => Promise<Credential>, save: Save, previous: Credential): Promise<Upgrade> {
  let next: Credential;
  try {
    next = await hash();
  } catch (error) {
    return { outcome: 'unhashed', error };
  }
  try {
    return { outcome: (await save(next, previous)) === true ? 'saved' : 'lost' };
  } catch (error) {
    return { outcome: 'unsaved', error };
  }
}
