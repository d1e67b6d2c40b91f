/** What the calls of a verifier do once their arguments are read: derive, equalize, record. */
import { isThenable } from '../encoding/brand.js';
import { closedError } from '../engine/life.js';
import { DigestError } from '../errors.js';
import type { Companions, Credential, Password, RehashReason, StoredCredential, Verdict } from '../types.js';
import { type Setup, verifyNow } from '../verify.js';
import { type AnyVerdict, decide, listCredentials, type Tried } from './any.js';
import type { Call } from './call.js';
import {
  burnWork,
  equalizeWork,
  estimateCostMs,
  type RejectedVerdict,
  type UnknownUserVerdict,
} from './equalize-work.js';
import { hashWith } from './hash.js';
import type { normalizer } from './options.js';
import { copyPassword, wipeCopy } from './password-copy.js';
import type { Recorder } from './stats.js';
import type { UpgradeScheme } from './upgrade-scheme.js';

export interface CallContext {
  readonly setup: Setup;
  readonly recorder: Recorder;
  /** The forms in which the password may have been hashed. */
  readonly listForms: ReturnType<typeof normalizer>;
  /** What new digests are; made when it is first needed. */
  readonly target: () => UpgradeScheme;
  readonly equalize: boolean | undefined;
  isClosed(): boolean;
}

const NORMALIZATION: readonly RehashReason[] = Object.freeze([
  { reason: 'normalization', message: 'password matched as typed, not in its normalized form' },
]);

/**
 * Each form of the password in turn until one is not a mismatch.
 * @param count of the forms that were derived.
 */
function tryForms(
  where: Setup,
  forms: readonly Password[],
  credential: Credential,
  call: Call,
  count: { attempts: number },
): Verdict | Promise<Verdict> {
  const first = forms[0] as Password;
  const second = forms[1];
  count.attempts++;
  const now = verifyNow(where, first, credential, call);
  if (second === undefined) return now;
  const again = (verdict: Verdict): Verdict | Promise<Verdict> => {
    if (verdict.outcome !== 'mismatch') return verdict;
    count.attempts++;
    return verifyNow({ ...where, reasons: NORMALIZATION }, second, credential, call);
  };
  return isPromise(now) ? now.then(again) : again(now);
}

/** @param taken the reason, if the credential is missing. */
export async function verifyCredential(
  context: CallContext,
  where: Setup,
  given: Password,
  taken: Credential | DigestError,
  call: Call,
): Promise<Verdict> {
  if (context.isClosed()) return rejectAsClosed();
  const { recorder, target } = context;
  const equalize = call.equalize ?? context.equalize;
  // Reading the clock twice is a twentieth of verifying SHA-256, and says nothing there.
  let since = recorder.hasVerifyHook || equalize ? performance.now() : undefined;
  // What is spent comes after the verdict: the caller may have wiped the bytes by then.
  const password = equalize ? copyPassword(given) : given;
  const forms = context.listForms(password);
  const count = { attempts: 0 };
  const refused = taken instanceof DigestError;
  const now = refused ? reject(taken) : tryForms(where, forms, taken, call, count);
  let verdict: Verdict;
  if (isPromise(now)) {
    since ??= performance.now();
    verdict = await now;
  } else {
    verdict = now;
  }
  if (equalize) {
    const costly = !refused && verdict.outcome !== 'rejected';
    const effort = {
      spentMs: costly ? count.attempts * estimateCostMs(where, taken) : 0,
      wanted: verdict.outcome === 'match' ? count.attempts : forms.length,
    };
    verdict = await equalizeWork(where, target(), verdict, forms[0], effort, call);
    wipeCopy(given, password);
  }
  recorder.verified(refused ? taken.hasher : taken.passwordHasher, verdict, since);
  return verdict;
}

export async function hashRecorded(context: CallContext, password: Password, call: Call): Promise<Credential> {
  const { setup, recorder, target } = context;
  const since = performance.now();
  const { hasher } = target();
  try {
    if (context.isClosed()) throw closedError();
    const credential = await hashWith(setup, target(), password, call);
    recorder.hashed(hasher, undefined, since);
    return credential;
  } catch (error) {
    recorder.hashed(hasher, error, since);
    throw error;
  }
}

export async function verifyCandidates(
  context: CallContext,
  given: Password,
  passwordDigest: StoredCredential['passwordDigest'],
  companions: Companions | undefined,
  call: Call,
): Promise<AnyVerdict> {
  if (context.isClosed()) return rejectAsClosed();
  const { setup, recorder, target } = context;
  const equalize = call.equalize ?? context.equalize;
  const since = performance.now();
  const password = copyPassword(given);
  const forms = context.listForms(password);
  const tried: Tried[] = [];
  let spentMs = 0;
  let verdict: AnyVerdict;
  const candidates = listCredentials(setup.registry, setup.limits, passwordDigest, companions);
  if (candidates instanceof DigestError) verdict = reject(candidates);
  else {
    for (const credential of candidates) {
      const count = { attempts: 0 };
      const one = await tryForms(setup, forms, credential, call, count);
      tried.push({ credential, verdict: one });
      if (one.outcome !== 'rejected') spentMs += count.attempts * estimateCostMs(setup, credential);
      if (one.outcome === 'match') break;
    }
    verdict = decide(tried);
  }
  if (equalize) {
    const wanted = verdict.outcome === 'match' ? 1 : forms.length;
    verdict = await equalizeWork(setup, target(), verdict, forms[0], { spentMs, wanted }, call);
  }
  wipeCopy(given, password);
  recorder.verified(verdict.outcome === 'match' ? verdict.hasher : tried[0]?.credential.passwordHasher, verdict, since);
  return verdict;
}

/** For an unknown user: what verifying a new digest costs, in each form that a user who exists is asked for. */
export async function verifyUnknownUser(
  context: CallContext,
  given: Password,
  call: Call,
): Promise<UnknownUserVerdict> {
  const { setup, recorder, target } = context;
  const { hasher } = target();
  if (context.isClosed()) return rejectAsClosed();
  const since = performance.now();
  const password = copyPassword(given);
  const [first, ...more] = context.listForms(password);
  let verdict = await burnWork(setup, target(), 1, first, call);
  for (const form of more) {
    if (verdict.outcome === 'mismatch') verdict = await burnWork(setup, target(), 1, form, call);
  }
  wipeCopy(given, password);
  recorder.unknownUser(hasher, verdict, since);
  return verdict;
}

function isPromise(answer: Verdict | Promise<Verdict>): answer is Promise<Verdict> {
  return isThenable(answer);
}

function reject(error: DigestError): RejectedVerdict {
  return { outcome: 'rejected', error };
}

function rejectAsClosed(): RejectedVerdict {
  return reject(closedError());
}
