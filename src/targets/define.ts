/** The profiles that the package ships: shared by every caller, so none of them may change. */
import type { ImportTarget } from './contract.js';

/** For digests that a target does not take: digestry verifies them all. */
export const AT_LOGIN = 'verify these users at login with digestry, and rehash there';

/** The profile, frozen with everything in it. */
export function defineTarget(target: ImportTarget): ImportTarget {
  return deepFreeze(target);
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
