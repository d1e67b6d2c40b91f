/**
 * How noisy a machine is: a fixed loop that always is the same work, run again and again between what is measured. What
 * it varies by is the machine's, and no measurement next to it is better.
 */
import type { Noise } from '../../reports/bench-report.js';
import { type Clock, cpuMs, wallMs } from '../measure/clock.js';
import { quantile, variation } from '../measure/statistics.js';

/** Some milliseconds on any core. */
const STEPS = 4_000_000;
/** Over this a difference of a tenth between two runs says nothing. */
const NOISY = 0.05;
/** Of a core's time, taken by others. */
const TAKEN = 0.05;

export interface NoiseMeter {
  /** Takes some milliseconds of the calling thread, which should have nothing else to do. */
  listen(): void;
  /** @throws {RangeError} where it never listened. */
  noise(): Noise;
}

export interface Meters {
  readonly clock: Clock;
  /** Milliseconds of processor time of this process. */
  readonly cpuMs: Clock;
  /** Fixed work. */
  readonly work: () => unknown;
}

export const METERS: Meters = {
  clock: wallMs,
  cpuMs,
  work: reference,
};

export function createNoiseMeter({ clock, cpuMs, work }: Meters = METERS): NoiseMeter {
  const took: number[] = [];
  let wall = 0;
  let computed = 0;
  // Compiled before it counts.
  work();

  function once(): void {
    const [since, cpuSince] = [clock(), cpuMs()];
    work();
    const ms = clock() - since;
    took.push(ms);
    wall += ms;
    computed += cpuMs() - cpuSince;
  }

  return {
    listen() {
      for (let i = 0; i < 3; i++) once();
    },
    noise() {
      if (took.length === 0) throw new RangeError('nothing was listened to');
      const spread = variation(took);
      const referenceMs = quantile(took, 0.5);
      const taken = Math.max(0, 1 - computed / wall);
      const reasons = [
        spread > NOISY &&
          `the same loop took ${shown(quantile(took, 0.1))} to ${shown(quantile(took, 0.9))} ms, one time and another`,
        taken > TAKEN && `other programs took ${Math.round(100 * taken)} % of the core's time`,
      ].filter((reason) => reason !== false);
      if (reasons.length === 0) return { spread, noisy: false, referenceMs };
      return { spread, noisy: true, reason: reasons.join('; '), referenceMs };
    },
  };
}

function shown(ms: number): string {
  return ms < 10 ? ms.toFixed(1) : ms.toFixed(0);
}

/** xorshift32: integers in registers, so that it depends on the core alone. */
function reference(): number {
  let state = 0x9e3779b9;
  for (let i = 0; i < STEPS; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
  }
  return state;
}
