/** The table of targets, and the question to it: will this digest work there? */
import { type DigestError, digestError } from '../errors.js';
import type { Finding, Params } from '../types.js';
import { auth0 } from './auth0.js';
import { clerk } from './clerk.js';
import type { HasherRule, ParamRule, Target } from './contract.js';
import { nodeBcrypt } from './node-bcrypt.js';
import { php } from './php.js';
import { supabase } from './supabase.js';

export type TargetName = 'auth0' | 'clerk' | 'node-bcrypt' | 'php' | 'supabase';

export const targets: readonly Target[] = Object.freeze([auth0, clerk, nodeBcrypt, php, supabase]);

/** @throws {TypeError} on a name that is no target's. */
export function targetNamed(name: string): Target {
  const target = targets.find((one) => one.name === name);
  if (target === undefined) {
    throw new TypeError(`target: there is no target of this name; known: ${targets.map((one) => one.name).join(', ')}`);
  }
  return target;
}

/** Whether the target takes digests with these parameters: an error where not, warnings where its sources do not say. */
export function checkTarget(target: Target, hasher: string, params: Params): DigestError | readonly Finding[] {
  const rule = ruleOf(target, hasher);
  if (rule === undefined || rule.accepts === 'no') {
    const why = rule?.note === undefined ? '' : ` (${rule.note})`;
    return digestError('ERR_UNSUPPORTED', `${target.title} does not take ${hasher}${why}`, {
      hasher,
      field: 'passwordHasher',
      fix: 'let these users set a new password there, or verify and rehash them at login first',
    });
  }
  const findings: Finding[] = [];
  if (rule.accepts === 'unknown') findings.push(unknown(target, `takes ${hasher}`));
  for (const [param, paramRule] of Object.entries(rule.params ?? {})) {
    const value = params[param];
    if (value === undefined || fits(paramRule, value)) continue;
    if (paramRule.otherwise !== 'unknown') return refused(target, hasher, param, value, paramRule);
    findings.push(unknown(target, `takes ${param} ${value} of ${hasher}`, param));
  }
  return findings;
}

/** A verifier that compares text never matches another spelling of the same bytes. */
export function checkSpelling(target: Target, hasher: string, warnings: readonly Finding[]): DigestError | undefined {
  const canonical = ruleOf(target, hasher)?.canonical;
  if (canonical === undefined) return undefined;
  for (const { code, field, offset, fix } of warnings) {
    if (code === 'WARN_NONCANONICAL' && field !== undefined && canonical.includes(field)) {
      const message = `${target.title} needs the canonical spelling of ${field} in ${hasher}`;
      return digestError('ERR_UNSUPPORTED', message, { hasher, field, offset, fix });
    }
  }
  return undefined;
}

function ruleOf(target: Target, hasher: string): HasherRule | undefined {
  return Object.hasOwn(target.rules, hasher) ? target.rules[hasher] : undefined;
}

function fits({ min, max, oneOf }: ParamRule, value: number | string): boolean {
  if (oneOf !== undefined && !oneOf.includes(value)) return false;
  return typeof value !== 'number' || (value >= (min ?? value) && value <= (max ?? value));
}

function refused(target: Target, hasher: string, param: string, value: number | string, rule: ParamRule): DigestError {
  const { max, oneOf, fix } = rule;
  if (typeof value === 'number' && max !== undefined && value > max) {
    return digestError('ERR_LIMIT', `${target.title} takes ${param} up to ${max} of ${hasher}, and this is ${value}`, {
      hasher,
      field: param,
      limit: { param, max, actual: value },
      fix,
    });
  }
  const wanted = oneOf === undefined ? `${rule.min} or more` : oneOf.join(', ');
  const message = `${target.title} takes ${param} ${wanted} of ${hasher}, and this is ${value}`;
  return digestError('ERR_UNSUPPORTED', message, { hasher, field: param, fix });
}

function unknown(target: Target, what: string, field?: string): Finding {
  const message = `whether ${target.title} ${what} is published nowhere`;
  const fix = 'import one such user with a known password first';
  const finding: Finding = { code: 'WARN_TARGET_UNKNOWN', severity: 'warning', message, fix };
  return field === undefined ? finding : { ...finding, field };
}
