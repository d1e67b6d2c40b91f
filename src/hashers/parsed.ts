/** What parsing gives: bytes for verification, and a face for logs and JSON that shows none of them. */
import { isBytes } from '../encoding/brand.js';
import { describeReceived } from '../encoding/received.js';
import { NO_WARNINGS } from '../layout/findings.js';
import type { Finding, Parsed } from '../types.js';

/** Of a format without parameters. */
export type NoParams = Record<never, never>;
export const NO_PARAMS: NoParams = Object.freeze({});
export const NO_BYTES: Uint8Array = new Uint8Array(0);

/** Node's `util.inspect` and `console.log` ask for it; a plain symbol elsewhere. */
const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom') as typeof INSPECT;

/** What a log or a JSON of it would show is not secret. */
class ParsedDigest<P extends object, X> implements Parsed<P, X> {
  readonly params: P;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
  readonly context: X;
  readonly warnings: readonly Finding[];

  constructor(params: P, salt: Uint8Array, hash: Uint8Array, context: X, warnings: readonly Finding[]) {
    this.params = params;
    this.salt = salt;
    this.hash = hash;
    this.context = context;
    this.warnings = warnings;
  }

  toJSON(): object {
    const { params, salt, hash, warnings } = this;
    return { params, saltBytes: salt.length, hashBytes: hash.length, warnings };
  }

  [INSPECT](): object {
    return this.toJSON();
  }
}

/** A parse result; every hasher makes it here, so all have one shape. */
export function createParsed<P extends object>(
  params: P,
  salt: Uint8Array,
  hash: Uint8Array,
  warnings?: readonly Finding[],
): Parsed<P, undefined>;
export function createParsed<P extends object, X>(
  params: P,
  salt: Uint8Array,
  hash: Uint8Array,
  warnings: readonly Finding[],
  context: X,
): Parsed<P, X>;
export function createParsed<P extends object, X>(
  params: P,
  salt: Uint8Array,
  hash: Uint8Array,
  warnings: readonly Finding[] = NO_WARNINGS,
  context?: X,
): Parsed<P, X | undefined> {
  return new ParsedDigest(params, salt, hash, context, warnings);
}

/**
 * A plug-in may return a literal; what a registry hands out hides its secrets all the same.
 * @throws {TypeError} where it returned anything else.
 */
export function guardParsed<P extends object, X>(found: Parsed<P, X>): Parsed<P, X> {
  if (typeof found !== 'object' || found === null) {
    throw new TypeError(`parse must return { params, salt, hash } (returned ${describeReceived(found)})`);
  }
  const { params, salt, hash, context, warnings = NO_WARNINGS } = found;
  if (typeof params !== 'object' || params === null) throw wrongPartError('params', 'an object', params);
  if (!isBytes(salt)) throw wrongPartError('salt', 'a Uint8Array', salt);
  if (!isBytes(hash)) throw wrongPartError('hash', 'a Uint8Array', hash);
  if (!Array.isArray(warnings)) throw wrongPartError('warnings', 'an array', warnings);
  if (found instanceof ParsedDigest) return found;
  return new ParsedDigest(params, salt, hash, context, warnings);
}

function wrongPartError(name: string, wanted: string, value: unknown): TypeError {
  return new TypeError(`parse must return ${name} as ${wanted} (returned ${describeReceived(value)})`);
}
