/** The table of targets, and the question to it: will this digest work there? */
import { namedReceived } from '../encoding/received.js';
import { type DigestError, digestError } from '../errors.js';
import type { Finding, Params } from '../types.js';
import { auth0 } from './auth0.js';
import { clerk } from './clerk.js';
import type { HasherRule, ImportTarget, ParamRule } from './contract.js';
import { AT_LOGIN } from './define.js';
import { nodeBcrypt } from './node-bcrypt.js';
import { php } from './php.js';
import { supabase } from './supabase.js';

export type { Citation, HasherRule, ImportTarget, ParamRule, TargetForm } from './contract.js';
export { findOtherForm, writeFor } from './written.js';

export type TargetName = 'auth0' | 'clerk' | 'node-bcrypt' | 'php' | 'supabase';

export const targets: readonly ImportTarget[] = Object.freeze([auth0, clerk, nodeBcrypt, php, supabase]);

/** @throws {TypeError} on an unknown target. */
export function findTarget(name: string): ImportTarget {
  const target = targets.find((one) => one.name === name);
  if (target === undefined) {
    const known = targets.map((one) => one.name).join(', ');
    throw new TypeError(`target: unknown target (received ${namedReceived(name)}); known: ${known}`);
  }
  return target;
}

/** Whether the target takes digests with these parameters: an error where not, warnings where its sources do not say. */
export function checkTarget(target: ImportTarget, hasher: string, params: Params): DigestError | readonly Finding[] {
  const rule = findRule(target, hasher);
  if (rule === undefined || rule.accepts === 'no') {
    const why = rule?.note === undefined ? '' : ` (${rule.note})`;
    return digestError('ERR_UNSUPPORTED', `${target.title} does not accept ${hasher}${why}`, {
      hasher,
      field: 'passwordHasher',
      fix: AT_LOGIN,
    });
  }
  const findings: Finding[] = [];
  if (rule.accepts === 'unknown') findings.push(unknownRuleFinding(target, `accepts ${hasher}`));
  for (const [param, paramRule] of Object.entries(rule.params ?? {})) {
    const value = params[param];
    if (value === undefined || fitsRule(paramRule, value)) continue;
    if (paramRule.otherwise !== 'unknown') return refusedParamError(target, hasher, param, value, paramRule);
    findings.push(unknownRuleFinding(target, `accepts ${hasher} with ${param} ${value}`, param));
  }
  return findings;
}

/**
 * Whether the target accepts the spelling of the digest, from the findings of its parse: a verifier that compares text never
 * matches another spelling of the same bytes, and one may refuse an empty field.
 */
export function checkSpelling(
  target: ImportTarget,
  hasher: string,
  warnings: readonly Finding[],
): DigestError | undefined {
  const { canonical = [], nonEmpty = [] } = findRule(target, hasher) ?? {};
  for (const { code, field, offset, fix } of warnings) {
    if (field === undefined) continue;
    if (code === 'WARN_NONCANONICAL' && canonical.includes(field)) {
      const message = `${target.title} accepts ${hasher} only with ${field} in canonical spelling`;
      return digestError('ERR_UNSUPPORTED', message, { hasher, field, subcode: 'spelling', offset, fix });
    }
    if (code === 'WARN_EMPTY' && nonEmpty.includes(field)) {
      const message = `${target.title} does not accept ${hasher} with an empty ${field}`;
      return digestError('ERR_UNSUPPORTED', message, { hasher, field, subcode: 'empty', offset, fix: AT_LOGIN });
    }
  }
  return undefined;
}

function findRule(target: ImportTarget, hasher: string): HasherRule | undefined {
  return Object.hasOwn(target.rules, hasher) ? target.rules[hasher] : undefined;
}

function fitsRule({ min, max, oneOf }: ParamRule, value: number | string): boolean {
  if (oneOf !== undefined && !oneOf.includes(value)) return false;
  return typeof value !== 'number' || (value >= (min ?? value) && value <= (max ?? value));
}

function refusedParamError(
  target: ImportTarget,
  hasher: string,
  param: string,
  value: number | string,
  rule: ParamRule,
): DigestError {
  const { max, fix } = rule;
  const message = `${target.title} accepts ${hasher} with ${param} ${formatRule(rule)} (is ${value})`;
  if (typeof value === 'number' && max !== undefined && value > max) {
    const limit = { param, max, actual: value };
    return digestError('ERR_LIMIT', message, { hasher, field: param, limit, fix });
  }
  return digestError('ERR_UNSUPPORTED', message, { hasher, field: param, fix });
}

function formatRule({ min, max, oneOf }: ParamRule): string {
  if (oneOf !== undefined) return oneOf.join(', ');
  if (max === undefined) return `at least ${min}`;
  if (min === undefined) return `at most ${max}`;
  return min === max ? `${min}` : `${min} to ${max}`;
}

function unknownRuleFinding(target: ImportTarget, what: string, field?: string): Finding {
  const message = `${target.title} does not document whether it ${what}`;
  const fix = 'import one of these users with a known password first';
  const finding: Finding = { code: 'WARN_TARGET_UNKNOWN', severity: 'warning', message, fix };
  return field === undefined ? finding : { ...finding, field };
}
