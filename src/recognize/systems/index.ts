/** The table of other systems' digests. */
import { DigestError } from '../../errors.js';
import { MAX_DIGEST_CHARS } from '../bounds.js';
import { aspnet } from './aspnet.js';
import { atlassian } from './atlassian.js';
import { betterAuth } from './better-auth.js';
import type { Reading, System } from './contract.js';
import { django } from './django.js';
import { kratos, supabase, workos } from './firebase.js';
import { keycloak } from './keycloak.js';
import { ldap } from './ldap.js';
import { crypt, drupal, mysql, phpbb, umbraco, wordpress } from './named.js';
import { passlib } from './passlib.js';
import { phc } from './phc.js';
import { spring } from './spring.js';
import { werkzeug } from './werkzeug.js';

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

/** The digest of another system, or undefined. One with a system's signature and damaged has a reason and no credential. */
export function readSystem(text: string): Reading | undefined {
  if (text.length > MAX_DIGEST_CHARS) return undefined;
  for (const system of systems) {
    try {
      const reading = system.read(text);
      if (reading !== undefined) return reading;
    } catch (error) {
      if (!(error instanceof DigestError)) throw error;
      return { title: system.title, damaged: true, reason: error.message };
    }
  }
  return undefined;
}
