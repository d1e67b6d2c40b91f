/** The table of other systems' digests. */
import { namedReceived, nearestName } from '../../encoding/received.js';
import { DigestError } from '../../errors.js';
import { MAX_DIGEST_CHARS } from '../bounds.js';
import { aspnet } from './aspnet.js';
import { atlassian } from './atlassian.js';
import { betterAuth } from './better-auth.js';
import type { ForeignDigest, OtherWriter, System } from './contract.js';
import { django } from './django.js';
import { kratos, supabase, workos } from './firebase.js';
import { keycloak, readKeycloakCredential } from './keycloak.js';
import { ldap } from './ldap.js';
import { crypt, drupal, mysql, phpbb, umbraco, wordpress } from './named.js';
import { passlib } from './passlib.js';
import { phc } from './phc.js';
import { spring } from './spring.js';
import { werkzeug } from './werkzeug.js';

export type { ForeignDigest } from './contract.js';

/** Names of `convert`'s option `system`: each reads its own digests, also where others write the same form. */
export type SystemName =
  | 'aspnet'
  | 'atlassian'
  | 'better-auth'
  | 'crypt'
  | 'django'
  | 'drupal'
  | 'keycloak'
  | 'kratos'
  | 'ldap'
  | 'mysql'
  | 'node-scrypt'
  | 'passlib'
  | 'phc'
  | 'phpbb'
  | 'spring'
  | 'supabase'
  | 'umbraco'
  | 'werkzeug'
  | 'wordpress'
  | 'workos';

export function isSystemName(name: string): name is SystemName {
  return systemNames.includes(name);
}

/** @throws {TypeError} on an unknown system. */
export function checkedSystem(system: SystemName | undefined): SystemName | undefined {
  if (system === undefined || (typeof system === 'string' && isSystemName(system))) return system;
  const nearest = typeof system === 'string' ? nearestName(system, systemNames) : undefined;
  const advice = nearest === undefined ? `known systems: ${systemNames.join(', ')}` : `did you mean ${nearest}?`;
  throw new TypeError(`convert: unknown system (received ${namedReceived(system)}); ${advice}`);
}

/** Characters of the longest escape of one in JSON. */
const MAX_ESCAPE = 6;
/** Of the names of the two parts, and of what is around them, at most. */
const NAMES_CHARS = 64;

/** Asked in this order; the first that knows the signature answers. */
export const systems: readonly System[] = Object.freeze([
  django,
  werkzeug,
  passlib,
  phc,
  supabase,
  kratos,
  workos,
  spring,
  atlassian,
  ldap,
  wordpress,
  drupal,
  phpbb,
  crypt,
  mysql,
  umbraco,
  keycloak,
  betterAuth,
  aspnet,
]);

/** The first characters of a system's digests. Absent: any. */
const FIRST_CHARACTERS: ReadonlyMap<System, string> = new Map([
  [django, 'abcmps'],
  [werkzeug, 'ps$'],
  [passlib, '${'],
  ...[phc, supabase, kratos, workos, wordpress, phpbb, crypt].map((system) => [system, '$'] as const),
  ...[spring, atlassian, ldap].map((system) => [system, '{'] as const),
  [drupal, '$U'],
  [mysql, '*'],
]);
/** By the code of the first character. */
const byFirst: readonly (readonly System[])[] = Array.from({ length: 128 }, (_, code) =>
  systems.filter((system) => FIRST_CHARACTERS.get(system)?.includes(String.fromCharCode(code)) ?? true),
);

export const systemNames: readonly string[] = [...systems.map(({ system }) => system), 'node-scrypt'].sort();

/** What the forms with a "$" begin with. A salt that begins with none of these costs one comparison, not all systems. */
const BEGINNING = /^(?:[${]|argon2|bcrypt|crypt|md5|pbkdf2|plain|scrypt|sha\d|u\$)/i;

/** Whether a text with a "$" could be a system's: false is certain. */
export function mayBeSystem(text: string): boolean {
  return text.includes('$') && BEGINNING.test(text);
}

/** The digest of another system, or undefined. One with a system's signature and damaged has a reason and no credential. */
export function readSystem(text: string): ForeignDigest | undefined {
  if (text.length > MAX_DIGEST_CHARS) return undefined;
  for (const system of byFirst[text.charCodeAt(0)] ?? systems) {
    const reading = readOne(system, text);
    if (reading !== undefined) return reading;
  }
  return undefined;
}

/** The digest as the named system means it; undefined where it is not that system's. */
export function readAs(system: SystemName, text: string): OtherWriter | undefined {
  if (text.length > MAX_DIGEST_CHARS) return undefined;
  for (const one of systems) {
    const reading = readOne(one, text);
    if (reading === undefined) continue;
    const { title, credential, findings = [] } = reading;
    if (one.system === system && credential !== undefined) return { system, title, credential, findings };
    const other = reading.others?.find((each) => each.system === system);
    if (other !== undefined) return other;
  }
  return undefined;
}

/** What `readSystem` gives for the two as one text; undefined where that has to be asked. */
export function readCredential(secretData: unknown, credentialData: unknown): ForeignDigest | undefined {
  // Of a longer text nothing is read.
  if (countChars(secretData) + countChars(credentialData) > MAX_DIGEST_CHARS - NAMES_CHARS) return undefined;
  try {
    return { ...readKeycloakCredential(secretData, credentialData), system: keycloak.system };
  } catch (error) {
    if (!(error instanceof DigestError)) throw error;
    return undefined;
  }
}

/** Of a value as JSON in JSON, at most. */
function countChars(value: unknown): number {
  if (typeof value === 'string') return MAX_ESCAPE * value.length;
  return value === undefined ? 0 : MAX_ESCAPE * JSON.stringify(value).length;
}

/** Of one shape whatever it has: thousands of rows are read so. */
function addSystem(reading: ForeignDigest, system: string): ForeignDigest {
  const { title, credential, reason, damaged, doubt, others, findings } = reading;
  return { system, title, credential, reason, damaged, doubt, others, findings } as ForeignDigest;
}

function readOne(system: System, text: string): ForeignDigest | undefined {
  try {
    const reading = system.read(text);
    return reading && addSystem(reading, system.system);
  } catch (error) {
    if (!(error instanceof DigestError)) throw error;
    return { title: system.title, damaged: true, reason: error.message };
  }
}
