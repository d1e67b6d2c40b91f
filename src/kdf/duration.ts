/** How long a derivation takes, roughly: enough to compare costs of different KDFs, never to promise a time. */
import type { Cost, KdfName } from '../types.js';

/**
 * Nanoseconds of a step, alone on one core: medians of digestry's own backends on a server core of 2026 (Node 20), two
 * digits. Machines differ by a factor, and by less in the ratios, which are all that is used.
 */
const STEP_NS: Readonly<Record<KdfName, Readonly<Record<string, number>>>> = {
  bcrypt: { '': 53_000 },
  pbkdf2: { '': 570, md5: 130, sha1: 130, sha224: 250, sha256: 250, sha512: 570 },
  scrypt: { '': 190 },
  argon2: { '': 310 },
  iteratedHash: { '': 100, md5: 100, sha512: 800 },
  crypt: {
    '': 300,
    md5_crypt: 110,
    sha256_crypt: 460,
    sha512_crypt: 280,
    sha1_crypt: 350,
    sun_md5_crypt: 1100,
    bsdi_crypt: 560,
    yescrypt: 250,
  },
  hash: { '': 1000 },
};

/** Milliseconds; only good against other ones of this function. */
export function estimateMs({ kdf, algorithm = '', work }: Pick<Cost, 'kdf' | 'algorithm' | 'work'>): number {
  const steps = STEP_NS[kdf];
  return (work * (steps[algorithm] ?? steps[''] ?? 0)) / 1e6;
}
