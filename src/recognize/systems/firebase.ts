/**
 * Firebase's scrypt in the strings of systems that import it; the project's keys are inside.
 *
 *     $fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=b64$salt$hash           Supabase auth, internal/crypto/password.go
 *     $firescrypt$ln=14,r=8,p=1$salt$hash$separator$key             Ory Kratos, hash/hash_comparator.go
 *     $firebase-scrypt$hash=b64$salt=b64$sk=b64$ss=b64$r=8$m=14     WorkOS, its migration tools
 *     $firebase-scrypt$v=1$r=8,m=14,ss=Bw,sk=b64$salt$hash          WorkOS, PHC form of its guide
 */
import { base64, base64Unpadded, decodeBase64 } from '../../encoding/base64.js';
import { decodeDecimal } from '../../encoding/decimal.js';
import { splitFields } from '../../encoding/fields.js';
import { malformed } from '../../errors.js';
import { scryptFirebase } from '../../hashers/index.js';
import { convertValues, type ForeignDigest, refuseConversion, type System } from './contract.js';

const SUPABASE = '$fbscrypt$';
const KRATOS = '$firescrypt$';
const WORKOS = '$firebase-scrypt$';

export const supabase: System = {
  system: 'supabase',
  title: 'Supabase',
  read(text) {
    if (!text.startsWith(SUPABASE)) return undefined;
    const [params = '', salt = '', hash = ''] = fields(text, SUPABASE, ['params', 'salt', 'hash']);
    const named = pairs(params, ',');
    if (named.get('v') !== '1') return refuseConversion('Supabase $fbscrypt$', 'version must be 1');
    const [memCost, rounds, p] = [named.get('n'), named.get('r'), named.get('p')];
    return reading('Supabase $fbscrypt$', {
      hash,
      salt,
      key: named.get('sk'),
      separator: named.get('ss'),
      rounds,
      memCost,
      p,
    });
  },
};

export const kratos: System = {
  system: 'kratos',
  title: 'Ory Kratos',
  read(text) {
    if (!text.startsWith(KRATOS)) return undefined;
    const names = ['params', 'salt', 'hash', 'separator', 'key'];
    const [params = '', salt = '', hash = '', separator = '', key = ''] = fields(text, KRATOS, names);
    const named = pairs(params, ',');
    const [memCost, rounds, p] = [named.get('ln'), named.get('r'), named.get('p')];
    return reading('Ory Kratos $firescrypt$', { hash, salt, key, separator, rounds, memCost, p });
  },
};

export const workos: System = {
  system: 'workos',
  title: 'WorkOS',
  read(text) {
    if (!text.startsWith(WORKOS)) return undefined;
    if (text.startsWith('v=1$', WORKOS.length)) {
      const [params = '', salt = '', hash = ''] = fields(text, `${WORKOS}v=1$`, ['params', 'salt', 'hash']);
      return workosReading(pairs(params, ','), salt, hash);
    }
    const named = pairs(text.slice(WORKOS.length), '$');
    return workosReading(named, named.get('salt'), named.get('hash'));
  },
};

function workosReading(
  named: ReadonlyMap<string, string>,
  salt: string | undefined,
  hash: string | undefined,
): ForeignDigest {
  const [key, separator, rounds, memCost] = [named.get('sk'), named.get('ss'), named.get('r'), named.get('m')];
  return reading('WorkOS $firebase-scrypt$', { hash, salt, key, separator, rounds, memCost, p: '1' });
}

interface Parts {
  readonly hash: string | undefined;
  readonly salt: string | undefined;
  readonly key: string | undefined;
  readonly separator: string | undefined;
  readonly rounds: string | undefined;
  readonly memCost: string | undefined;
  readonly p: string | undefined;
}

function reading(title: string, parts: Parts): ForeignDigest {
  if (parts.p !== '1') return refuseConversion(title, 'p must be 1');
  const params = { rounds: decimal(parts.rounds, 'rounds'), memCost: decimal(parts.memCost, 'memCost') };
  const hash = bytes(parts.hash, 'hash');
  const context = {
    signerKey: bytes(parts.key, 'signerKey'),
    saltSeparator: bytes(parts.separator ?? '', 'saltSeparator'),
  };
  return convertValues(title, scryptFirebase, { params, salt: bytes(parts.salt, 'salt'), hash, context });
}

function fields(text: string, prefix: string, names: readonly string[]): string[] {
  const { starts, ends } = splitFields(text, '$', names, prefix.length);
  return starts.map((start, i) => text.slice(start, ends[i]));
}

function pairs(text: string, separator: string): Map<string, string> {
  const named = new Map<string, string>();
  for (const pair of text.split(separator)) {
    const equals = pair.indexOf('=');
    if (equals > 0) named.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
  return named;
}

function decimal(text: string | undefined, field: string): number {
  if (text === undefined) throw malformed(field, 0, `missing ${field}`);
  return decodeDecimal(text, 0, text.length, field);
}

/** These systems write Base64 with and without padding. */
function bytes(text: string | undefined, field: string): Uint8Array {
  if (text === undefined) throw malformed(field, 0, `missing ${field}`);
  return decodeBase64(
    text,
    0,
    text.length,
    field,
    text.endsWith('=') || text.length % 4 === 0 ? base64 : base64Unpadded,
  );
}
