/**
 * PHC strings: `$id[$v=version][$name=value,…][$salt[$hash]]`, salt and hash as Base64 without padding.
 * https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md
 */
import { malformed } from '../errors.js';
import { base64Unpadded, decodeBase64 } from './base64.js';
import { decodeDecimal } from './decimal.js';

export interface PhcParam {
  readonly name: string;
  /** Of the name. */
  readonly offset: number;
  /** Of the value: `text[start, end)`. */
  readonly start: number;
  readonly end: number;
}

export interface Phc {
  readonly id: string;
  /** The decimal after `v=`, where it is there. */
  readonly version: number | undefined;
  readonly versionOffset: number;
  readonly params: readonly PhcParam[];
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly saltOffset: number;
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly hashOffset: number;
}

/**
 * A PHC string that has a salt and a hash, as every stored password has.
 * @throws {DigestError} ERR_MALFORMED with field and offset.
 */
export function decodePhc(text: string): Phc {
  if (text.charCodeAt(0) !== 36) throw malformed('prefix', 0, 'digest must begin with "$"');
  const idEnd = fieldEnd(text, 1, 'params');
  const id = text.slice(1, idEnd);
  let at = idEnd + 1;
  const versionOffset = at;
  let version: number | undefined;
  if (text.startsWith('v=', at)) {
    const end = fieldEnd(text, at, 'params');
    version = decodeDecimal(text, at + 2, end, 'v', 0);
    at = end + 1;
  }
  const paramsEnd = fieldEnd(text, at, 'salt');
  const params = decodeParams(text, at, paramsEnd);
  const saltOffset = paramsEnd + 1;
  const saltEnd = fieldEnd(text, saltOffset, 'hash');
  const salt = decodeBase64(text, saltOffset, saltEnd, 'salt', base64Unpadded);
  const hashOffset = saltEnd + 1;
  const extra = text.indexOf('$', hashOffset);
  if (extra !== -1) throw malformed('hash', extra, `unexpected "$" at offset ${extra}, after the hash`);
  const hash = decodeBase64(text, hashOffset, text.length, 'hash', base64Unpadded);
  return { id, version, versionOffset, params, salt, saltOffset, hash, hashOffset };
}

/** End of the field at `start`, which must be followed by the field `next`. */
function fieldEnd(text: string, start: number, next: string): number {
  const end = text.indexOf('$', start);
  if (end === -1) throw malformed(next, text.length, `digest ends before field ${next}`);
  return end;
}

function decodeParams(text: string, start: number, end: number): PhcParam[] {
  const params: PhcParam[] = [];
  let at = start;
  while (at <= end) {
    let stop = text.indexOf(',', at);
    if (stop === -1 || stop > end) stop = end;
    const equals = text.indexOf('=', at);
    if (equals === -1 || equals >= stop) {
      throw malformed('params', at, `parameter at offset ${at} must be name=value`);
    }
    params.push({ name: text.slice(at, equals), offset: at, start: equals + 1, end: stop });
    at = stop + 1;
  }
  return params;
}
