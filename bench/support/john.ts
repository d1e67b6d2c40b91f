/** John the Ripper, where it is installed: native bcrypt of three interleaved lanes, written to crack and not to verify. */
import { spawnSync } from 'node:child_process';
import type { Contestant } from './race.js';

const SECONDS = 1;
/** Blowfish encryptions: a key schedule has 521, of which a digest needs two a round and one more; then three times 64. */
const encryptions = (cost: number): number => 521 * (2 * 2 ** cost + 1) + 192;
/** Its own test verifies `$2a$05$`. */
const TEST_COST = 5;

/** One verification of that cost on one thread. Undefined where there is no John here. */
export function john(cost: number): Contestant | undefined {
  if (test() === undefined) return undefined;
  return {
    name: 'John the Ripper',
    // It tests itself before it measures.
    proves: () => test() !== undefined,
    async measure() {
      const rate = test();
      if (rate === undefined) throw new Error('John the Ripper failed its test');
      return ((1000 / rate) * encryptions(cost)) / encryptions(TEST_COST);
    },
  };
}

/** Verifications a second; undefined where it is absent or fails. */
function test(): number | undefined {
  const env = { ...process.env, OMP_NUM_THREADS: '1' };
  const { status, stdout } = spawnSync('john', [`--test=${SECONDS}`, '--format=bcrypt'], { env, encoding: 'utf8' });
  const rate = /^Raw:\s+(\d+(?:\.\d+)?)(K?) c\/s real/m.exec(stdout ?? '');
  if (status !== 0 || rate === null) return undefined;
  return Number(rate[1]) * (rate[2] === 'K' ? 1000 : 1);
}

/** As it says itself when it is called with nothing. */
export function johnVersion(): string | undefined {
  return /version (\S+)/.exec(spawnSync('john', { encoding: 'utf8' }).stdout ?? '')?.[1]?.replace(/,$/, '');
}
