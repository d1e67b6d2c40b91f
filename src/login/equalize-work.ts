/**
 * The duration of an answer must not reveal whether the user exists.
 *
 * A missing user costs what verifying a new digest would, and with `equalize` so does a user whose digest is malformed,
 * refused or cheaper than that. Levelled is work, not time: costs of one KDF are made up exactly, those of different KDFs
 * by rough ratios; a queue is waited for twice; and nothing hides a digest that costs more than a new one.
 */
import type { ErrorCode } from '../errors.js';
import { estimateMs } from '../kdf/duration.js';
import type { JobOptions } from '../kdf/select.js';
import type { Credential, Password, Verdict } from '../types.js';
import { type Setup, verifyNow } from '../verify.js';
import type { UpgradeScheme } from './upgrade-scheme.js';

export type RejectedVerdict = Extract<Verdict, { readonly outcome: 'rejected' }>;
/** Nothing can match for a user that is not known. */
export type UnknownUserVerdict = Exclude<Verdict, { readonly outcome: 'match' }>;

/** A smaller share of the target's work is under what its own duration varies by. */
const NEGLIGIBLE_SHARE = 1 / 64;

/** Refusals that every user would get alike, whatever the digest is. */
const DIGEST_INDEPENDENT_CODES: readonly ErrorCode[] = ['ERR_PASSWORD', 'ERR_QUEUE_FULL', 'ERR_ABORTED', 'ERR_CLOSED'];

/**
 * Verifies against digests without a known password.
 * @returns a mismatch; or the refusal that a user who exists would have got as well, such as ERR_QUEUE_FULL.
 */
export async function burnWork(
  setup: Setup,
  target: UpgradeScheme,
  fraction: number,
  password: Password,
  call: JobOptions | undefined,
): Promise<UnknownUserVerdict> {
  for (const decoy of target.decoys(fraction)) {
    const verdict = await verifyNow(setup, password, decoy, call);
    if (verdict.outcome === 'rejected') return verdict;
  }
  return { outcome: 'mismatch' };
}

/** What was done for an answer, and what an answer should cost. */
export interface Effort {
  /** Of the credentials that were derived, in rough milliseconds. */
  readonly spentMs: number;
  /** In verifications of a target digest. */
  readonly wanted: number;
}

/** The verdict, when all in all the wanted work was done. Where that cannot be done, why. */
export async function equalizeWork<V extends Verdict>(
  setup: Setup,
  target: UpgradeScheme,
  verdict: V,
  password: Password,
  { spentMs, wanted }: Effort,
  call: JobOptions | undefined,
): Promise<V | RejectedVerdict> {
  if (verdict.outcome === 'rejected' && DIGEST_INDEPENDENT_CODES.includes(verdict.error.code)) return verdict;
  for (let missing = wanted - spentMs / estimateMs(target.cost); missing >= NEGLIGIBLE_SHARE; missing--) {
    const spent = await burnWork(setup, target, Math.min(1, missing), password, call);
    if (spent.outcome === 'rejected') return spent;
  }
  return verdict;
}

/** What deriving for this credential takes. */
export function estimateCostMs({ registry, limits }: Setup, credential: Credential): number {
  const { params } = registry.parse(credential, limits.digestChars);
  return estimateMs(registry.get(credential.passwordHasher)?.cost(params) ?? { kdf: 'hash', work: 0 });
}
