/** Whether a doubt that other fields of a record raise is about its digest. */
import type { Doubt } from '../row.js';
import { isBareHash } from '../sources/index.js';
import { describeDoubt } from './findings.js';
import { type Outcome, type RowFinding, reject, UNKNOWN } from './outcome.js';

/** A shorter text may be a part of a digest by chance. */
const MIN_OWN_SALT = 8;

/** A salt in another field raises no doubt about a digest that has its own. */
export function isDoubtful({ of }: Doubt, outcome: Outcome, digest: string, salt: string | undefined): boolean {
  const { verdict, hasher, read } = outcome;
  if (verdict === 'disabled' || verdict === 'missing') return false;
  if (of === 'all') return read !== undefined && hasher !== null && !hasher.endsWith('_django');
  if (of === 'salted') return read !== undefined && salt !== undefined && isOtherSalt(salt, read.parsed.salt, digest);
  if (of !== 'unsalted') return hasher !== null && of.includes(hasher);
  if (read === undefined) return isBareHash(digest);
  return read.parsed.salt.length === 0 && read.hasher.verifiable;
}

/** Whether it is not the digest's own, as that is written there or in another spelling. bcrypt's follows its cost. */
function isOtherSalt(salt: string, own: Uint8Array, digest: string): boolean {
  if (own.length === 0) return false;
  const spelled = trimPadding(salt);
  if (spelled.length >= MIN_OWN_SALT ? digest.includes(spelled) : digest.split(/[$:]/).includes(spelled)) return false;
  const bytes = Buffer.from(own);
  return !(['hex', 'base64', 'base64url'] as const).some((name) => trimPadding(bytes.toString(name)) === spelled);
}

/** Not by a regular expression: a field may be megabytes of `=`, and its time the square of that. */
function trimPadding(text: string): string {
  let end = text.length;
  while (text[end - 1] === '=') end--;
  return text.slice(0, end);
}

/** A doubt is one object for all rows that raise it. */
const remembered = new WeakMap<Doubt, Map<string, readonly RowFinding[]>>();

export function rejectForDoubt({ hasher, read }: Outcome, doubt: Doubt): Outcome {
  const name = hasher ?? UNKNOWN;
  let byHasher = remembered.get(doubt);
  if (byHasher === undefined) {
    byHasher = new Map();
    remembered.set(doubt, byHasher);
  }
  let findings = byHasher.get(name);
  if (findings === undefined) {
    findings = Object.freeze([describeDoubt(name, doubt)]);
    byHasher.set(name, findings);
  }
  const outcome = { ...reject(name, findings[0] as RowFinding), findings };
  return read === undefined ? outcome : { ...outcome, read };
}
