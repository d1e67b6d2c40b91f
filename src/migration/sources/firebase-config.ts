/**
 * The password hash parameters of a Firebase project: console, Authentication, Users, the three dots above the list.
 * https://firebase.google.com/docs/cli/auth
 *
 *     hash_config {
 *       algorithm: SCRYPT,
 *       base64_signer_key: …,
 *       base64_salt_separator: Bw==,
 *       rounds: 8,
 *       mem_cost: 14,
 *     }
 *
 * The same as JSON; the Identity Toolkit API calls them signerKey, saltSeparator, rounds and memoryCost. The key is a
 * secret, so it comes in a file and never in an argument, and is in no message.
 */
import { base64Lenient, decodeBase64, encodeBase64 } from '../../encoding/base64.js';
import { isRecord, type JsonRecord, parseJson } from '../../encoding/json.js';
import { describeReceived } from '../../encoding/received.js';
import { DigestError } from '../../errors.js';
import { InputProblem } from '../../files/input-problem.js';

export interface FirebaseHashConfig {
  /** Base64. Secret. */
  readonly signerKey: string;
  /** Base64. */
  readonly saltSeparator: string;
  /** scrypt's r. */
  readonly rounds: number;
  /** log2 of scrypt's N. */
  readonly memCost: number;
}

/** Of the console, of the API, and of the library's own option. */
const NAMES = {
  signerKey: ['base64_signer_key', 'signerKey', 'signer_key'],
  saltSeparator: ['base64_salt_separator', 'saltSeparator', 'salt_separator'],
  rounds: ['rounds'],
  memCost: ['mem_cost', 'memoryCost', 'memCost', 'memory_cost'],
} as const;
const ALGORITHMS = ['algorithm', 'hash_algorithm'];
const MAX_DEPTH = 4;
const FIX = 'copy all of it: Firebase console, Authentication, Users, the three dots, Password hash parameters';

/**
 * The parameters, from the console's text or from JSON.
 * @throws {TypeError} where `text` is not a string.
 * @throws {InputProblem} where one is missing or cannot be right. Its message holds none of the text.
 */
export function parseFirebaseConfig(text: string): FirebaseHashConfig {
  if (typeof text !== 'string') {
    throw new TypeError(`parseFirebaseConfig: text must be a string (received ${describeReceived(text)})`);
  }
  const json = parseJson(text);
  const values = isRecord(json) ? (within(json, 0) ?? new Map<string, string>()) : ofConsole(text);
  const algorithm = first(values, ALGORITHMS);
  if (algorithm !== undefined && algorithm.toUpperCase() !== 'SCRYPT') {
    throw problem('the algorithm is not SCRYPT, the one of auth:export');
  }
  return {
    signerKey: base64Of(values, 'signerKey'),
    saltSeparator: base64Of(values, 'saltSeparator'),
    rounds: readNumber(values, 'rounds'),
    memCost: readNumber(values, 'memCost'),
  };
}

/** `name: value`, one per line or separated by commas; comments after `//`. */
function ofConsole(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(
    /(?<![A-Za-z0-9_])([A-Za-z0-9_]+)["']?\s*[:=]\s*["']?([A-Za-z0-9+/_=-]*)/g,
  )) {
    if (!values.has(name)) values.set(name, value);
  }
  return values;
}

/** The record that has the key, which may be within `hash_config`, or `signIn` and `hashConfig`. */
function within(record: JsonRecord, depth: number): ReadonlyMap<string, string> | undefined {
  if (NAMES.signerKey.some((name) => Object.hasOwn(record, name))) {
    return new Map(Object.entries(record).map(([name, value]) => [name, String(value)]));
  }
  if (depth === MAX_DEPTH) return undefined;
  for (const value of Object.values(record)) {
    const found = isRecord(value) ? within(value, depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function first(values: ReadonlyMap<string, string>, names: readonly string[]): string | undefined {
  return names.map((name) => values.get(name)).find((value) => value !== undefined);
}

function base64Of(values: ReadonlyMap<string, string>, param: 'signerKey' | 'saltSeparator'): string {
  const text = first(values, NAMES[param]);
  if (text === undefined || (text === '' && param === 'signerKey')) throw problem(`${NAMES[param][0]} is missing`);
  try {
    return encodeBase64(decodeBase64(text, 0, text.length, param, base64Lenient));
  } catch (error) {
    if (!(error instanceof DigestError)) throw error;
    throw problem(`${NAMES[param][0]} is not Base64 with its padding: it is cut off, or a place-holder`);
  }
}

function readNumber(values: ReadonlyMap<string, string>, param: 'rounds' | 'memCost'): number {
  const text = first(values, NAMES[param]);
  if (text === undefined) throw problem(`${NAMES[param][0]} is missing`);
  if (!/^[1-9]\d{0,8}$/.test(text)) throw problem(`${NAMES[param][0]} is not a whole number from 1`);
  return Number(text);
}

function problem(what: string): InputProblem {
  return new InputProblem('invalid-firebase-config', `Firebase's hash parameters: ${what}`, { fix: FIX });
}
