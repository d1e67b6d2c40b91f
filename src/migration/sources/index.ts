/** The table of sources, and which of them an export is. */
import { namedReceived } from '../../encoding/received.js';
import { InputProblem } from '../../files/input-problem.js';
import { auth0 } from './auth0.js';
import { authjs } from './authjs.js';
import { betterAuth } from './better-auth.js';
import { clerk } from './clerk.js';
import type { Clue, ExportSource, Sample, SourceOptions } from './contract.js';
import { devise } from './devise.js';
import { django } from './django.js';
import { firebase } from './firebase.js';
import { generic } from './generic.js';
import { htpasswd } from './htpasswd.js';
import { keycloak } from './keycloak.js';
import { ldif } from './ldif.js';
import { meteor } from './meteor.js';
import { shadow } from './shadow.js';
import { supabase } from './supabase.js';
import { symfony } from './symfony.js';
import { werkzeug } from './werkzeug.js';
import { wordpress } from './wordpress.js';

export { createNoDigestProblem } from './choose-fields.js';
export type {
  Bound,
  DigestForm,
  DigestParts,
  ExportSource,
  FieldReader,
  JoinedDigest,
  Locate,
  Plain,
  Sample,
  SampleRecord,
  SourceOptions,
  SourceRecord,
  Usual,
} from './contract.js';
export { type FirebaseHashConfig, parseFirebaseConfig } from './firebase-config.js';
export { guardBound } from './guard.js';
export { isBareHash, saltByContent } from './salts.js';
export { convertedNote } from './stored.js';

export type SourceName =
  | 'clerk'
  | 'firebase'
  | 'auth0'
  | 'supabase'
  | 'authjs'
  | 'better-auth'
  | 'django'
  | 'wordpress'
  | 'keycloak'
  | 'meteor'
  | 'devise'
  | 'werkzeug'
  | 'symfony'
  | 'ldif'
  | 'shadow'
  | 'htpasswd'
  | 'generic';

export const sources: readonly ExportSource[] = Object.freeze([
  clerk,
  firebase,
  auth0,
  supabase,
  authjs,
  betterAuth,
  django,
  wordpress,
  keycloak,
  meteor,
  devise,
  werkzeug,
  symfony,
  ldif,
  shadow,
  htpasswd,
  generic,
]);

/** @throws {TypeError} on an unknown source. */
export function sourceNamed(name: string): ExportSource {
  const source = sources.find((one) => one.name === name);
  if (source === undefined) {
    throw new TypeError(
      `source: unknown source (received ${namedReceived(name)}); known: auto, ${sources.map((one) => one.name).join(', ')}`,
    );
  }
  return source;
}

/** The source of an export, and why it is that one. */
export interface Recognized {
  readonly source: ExportSource;
  /** Names of fields and forms; nothing of a value. */
  readonly reason: string;
}

/**
 * Detects the source of an export from its fields and first rows; `generic` if nothing points to another.
 * @throws {InputProblem} where it could be of several, which read it differently.
 */
export function recognized(sample: Sample, options: SourceOptions = {}): Recognized {
  const clues = sources.flatMap((source) => {
    const clue = source.recognize(sample);
    return clue === undefined ? [] : [{ source, ...clue }];
  });
  const certain = clues.filter(({ source, certainty }) => certainty === 'certain' && source !== generic);
  const [only, another] = certain.length > 0 ? certain : clues;
  if (only === undefined) return { source: generic, reason: 'its fields belong to no known platform' };
  if (another === undefined) return only;
  const own = clues.find(({ source }) => source === generic);
  if (certain.length === 0 && own !== undefined && (own.certainty === 'certain' || isNamed(options))) return own;
  throw severalSources(certain.length > 0 ? certain : clues);
}

/** The same from the fields alone. */
export function findSource(fields: readonly string[], options: SourceOptions = {}): ExportSource {
  const sample: Sample = { format: 'json', fields: new Set(fields), records: [], header: undefined };
  return recognized(sample, options).source;
}

/** The caller says what the digests are. */
function isNamed({ hasher, hasherField, digestField }: SourceOptions): boolean {
  return hasher !== undefined || hasherField !== undefined || digestField !== undefined;
}

function severalSources(found: readonly ({ readonly source: ExportSource } & Clue)[]): InputProblem {
  const candidates = found.map(({ source, reason }) => `${source.name} (${reason})`).join(', or ');
  const flags = found.map(({ source }) =>
    source === generic ? '--source generic with --hasher NAME' : `--source ${source.name}`,
  );
  return new InputProblem('ambiguous-source', `the export could be of ${candidates}`, {
    fix: `say which: ${flags.join(', or ')}`,
  });
}
