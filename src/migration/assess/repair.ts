/** A row's digest as it can be imported: converted, damage undone, named right, spelled canonically. Only what is certain. */
import { findConversion, findSystem, repairWith } from '../../recognize/convert.js';
import { listDamages } from '../../recognize/damage.js';
import type { Registry } from '../../registry.js';
import type { Credential, Finding } from '../../types.js';

export interface Repair {
  readonly credential: Credential;
  /** The other system whose digest it was; undefined where it was a hasher's own. */
  readonly converted: string | undefined;
  /** What to know of passwords there. */
  readonly findings: readonly Finding[];
}

/** Undefined where nothing certain can be done, or need be. */
export function repair(registry: Registry, hasher: string | undefined, passwordDigest: string): Repair | undefined {
  const passwordHasher = hasher ?? '';
  const credential = repairWith(registry, { passwordHasher, passwordDigest });
  if (credential === undefined) return undefined;
  let findings: readonly Finding[] = [];
  for (const text of [passwordDigest, ...listDamages(passwordDigest).map(({ digest }) => digest)]) {
    const conversion = findConversion(registry, text, findSystem(registry, passwordHasher));
    if (conversion === undefined || !isSame(conversion.credential, credential)) continue;
    findings = conversion.findings;
    // A damaged digest of another system has its own name only where the damage is undone.
    if (conversion.title !== credential.passwordHasher) return { credential, converted: conversion.title, findings };
  }
  return { credential, converted: undefined, findings };
}

function isSame(a: Credential, b: Credential): boolean {
  return a.passwordHasher === b.passwordHasher && a.passwordDigest === b.passwordDigest;
}
