/** A cost in words, for the pages of hashers and the page that identifies digests. */
import { estimateMs } from '../../src/kdf/duration.js';
import type { Cost } from '../../src/types.js';
import { grouped } from './html.js';

const STEPS: Readonly<Record<Cost['kdf'], string>> = {
  bcrypt: 'rounds',
  pbkdf2: 'iterations × blocks',
  scrypt: 'N·r·p',
  argon2: 'KiB × passes',
  iteratedHash: 'hash calls',
  crypt: 'rounds',
  hash: 'hash calls',
};
const BCRYPT_10 = { kdf: 'bcrypt', work: 2 ** 10 } as const;

export function workText({ kdf, algorithm, work }: Cost): string {
  if (work === 0) return 'none';
  if (kdf === 'hash' && work === 1) return `1 call of ${algorithm}`;
  return `${grouped(work)} ${STEPS[kdf]}`;
}

/** Compared with bcrypt of cost 10. */
export function comparedText(cost: Cost): string {
  const ratio = estimateMs(cost) / estimateMs(BCRYPT_10);
  if (ratio === 0) return 'nothing';
  if (ratio < 0.001) return 'under a thousandth';
  return `≈ ${ratio < 1 ? Number(ratio.toPrecision(1)) : Number(ratio.toPrecision(2))}×`;
}
