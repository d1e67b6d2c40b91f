/** Argon2 as a PHC string. RFC 9106; https://github.com/P-H-C/phc-winner-argon2 */
import { base64Unpadded, encodeBase64 } from '../../encoding/base64.js';
import { decodeDecimal } from '../../encoding/decimal.js';
import { decodePhc, type PhcParam } from '../../encoding/phc.js';
import { digestError, malformed } from '../../errors.js';
import type { Argon2Job } from '../../jobs.js';
import { argon2Cost } from '../../kdf/cost.js';
import { type Lengths, NO_WARNINGS, nonCanonical, refuseEncodedTwice, unusualLength } from '../../layout/findings.js';
import type { Finding, Hasher, Parsed } from '../../types.js';
import { defineHasher } from '../define.js';
import { createParsed } from '../parsed.js';

export interface Argon2Params {
  readonly version: 16 | 19;
  /** Memory in KiB. */
  readonly m: number;
  /** Passes. */
  readonly t: number;
  /** Lanes. */
  readonly p: number;
}

const ORDER = ['m', 't', 'p'];
const MAX_UINT32 = 2 ** 32 - 1;
/** RFC 9106 §3.1. */
const MAX_LANES = 2 ** 24 - 1;
/** The reference implementation refuses less. */
const MIN_SALT_BYTES = 8;
const MIN_HASH_BYTES = 4;
/**
 * 16: argon2-cffi before version 21, and so Django and passlib.
 * https://github.com/hynek/argon2-cffi/blob/18.3.0/src/argon2/_password_hasher.py
 * 24: the command of the reference implementation as its manual shows it. https://github.com/P-H-C/phc-winner-argon2
 */
const HASH_LENGTHS: Lengths = { usual: 32, known: [16, 24], partVerifies: false };

export function argon2(
  type: Argon2Job['type'],
  example: { readonly password: string; readonly digest: string },
): Hasher<Argon2Params, undefined> {
  return defineHasher<Argon2Params>({
    name: type,
    prefixes: [`$${type}$`],
    example,
    parse: (digest) => parseArgon2(type, digest),
    serialize({ params: { version, m, t, p }, salt, hash }) {
      const [s, h] = [encodeBase64(salt, base64Unpadded), encodeBase64(hash, base64Unpadded)];
      return `$${type}$v=${version}$m=${m},t=${t},p=${p}$${s}$${h}`;
    },
    cost: argon2Cost,
    locate(digest, field) {
      const { versionOffset, params } = decodePhc(digest);
      return field === 'version' ? versionOffset : params.find(({ name }) => name === field)?.start;
    },
    derive: (password, { params, salt, hash }, kdfs) =>
      kdfs.argon2({ type, password, salt, ...params, dkLen: hash.length }),
  });
}

function parseArgon2(type: Argon2Job['type'], digest: string): Parsed<Argon2Params, undefined> {
  if (!digest.startsWith(`$${type}$`)) throw wrongType(type, digest);
  const phc = decodePhc(digest);
  const warnings: Finding[] = [];
  const version = parseVersion(phc.version, phc.versionOffset, warnings);
  const { m, t, p } = parseParams(digest, phc.params, phc.saltOffset, warnings);
  if (m < 8 * p) throw malformed('m', at(phc.params, 'm'), 'm must be at least 8·p (8 KiB for each lane)');
  if (phc.salt.length < MIN_SALT_BYTES) {
    throw malformed('salt', phc.saltOffset, `salt must be at least ${MIN_SALT_BYTES} bytes (is ${phc.salt.length})`);
  }
  if (phc.hash.length < MIN_HASH_BYTES) {
    throw malformed('hash', phc.hashOffset, `hash must be at least ${MIN_HASH_BYTES} bytes (is ${phc.hash.length})`);
  }
  refuseEncodedTwice(phc.hash, phc.hashOffset);
  warnings.push(...unusualLength('hash', phc.hashOffset, phc.hash.length, HASH_LENGTHS));
  return createParsed({ version, m, t, p }, phc.salt, phc.hash, warnings.length === 0 ? NO_WARNINGS : warnings);
}

function wrongType(type: string, digest: string) {
  if (digest.startsWith('$argon2d$')) {
    return digestError('ERR_UNSUPPORTED', 'Argon2d is not supported: its memory access depends on the password', {
      field: 'prefix',
      offset: 7,
      fix: 'keep it, and verify it at login with libargon2',
    });
  }
  let offset = 0;
  const prefix = `$${type}$`;
  while (offset < digest.length && digest[offset] === prefix[offset]) offset++;
  return malformed('prefix', offset, `digest must begin with "${prefix}"`);
}

function parseVersion(version: number | undefined, offset: number, warnings: Finding[]): 16 | 19 {
  if (version === 19) return 19;
  if (version !== undefined && version !== 16) {
    throw digestError('ERR_UNSUPPORTED', 'v must be 19 or 16', { field: 'v', offset });
  }
  warnings.push({
    code: 'WARN_VERSION',
    severity: 'warning',
    field: 'v',
    offset,
    message: 'Argon2 version 16 (1.0): many verifiers support version 19 only',
  });
  if (version === undefined) {
    warnings.push(
      nonCanonical('v', offset, 'v is missing, which means version 16', 'write "v=16$" before the parameters'),
    );
  }
  return 16;
}

/** m, t and p, each once. The order is fixed, yet the npm package argon2 0.45 writes m, p, t. */
function parseParams(
  digest: string,
  params: readonly PhcParam[],
  end: number,
  warnings: Finding[],
): { readonly m: number; readonly t: number; readonly p: number } {
  const values = new Map<string, number>();
  for (const { name, offset, start, end } of params) {
    if (name === 'keyid' || name === 'data') {
      throw digestError('ERR_UNSUPPORTED', `${name} is not supported: it needs a secret that is not in the digest`, {
        field: name,
        offset,
      });
    }
    if (!ORDER.includes(name)) throw malformed('params', offset, 'unknown parameter; Argon2 has m, t and p');
    if (values.has(name)) throw malformed(name, offset, `duplicate parameter ${name}`);
    values.set(name, decodeDecimal(digest, start, end, name, 1, name === 'p' ? MAX_LANES : MAX_UINT32));
  }
  const [m, t, p] = ORDER.map((name) => {
    const value = values.get(name);
    if (value === undefined) throw malformed(name, end - 1, `missing parameter ${name} (m=…,t=…,p=…)`);
    return value;
  }) as [number, number, number];
  if (params.some(({ name }, i) => name !== ORDER[i])) {
    const offset = (params[0] as PhcParam).offset;
    warnings.push(
      nonCanonical('params', offset, 'parameters are not in the order m, t, p', 'write them as m=…,t=…,p=…'),
    );
  }
  return { m, t, p };
}

function at(params: readonly PhcParam[], name: string): number {
  return params.find((param) => param.name === name)?.start ?? 0;
}
