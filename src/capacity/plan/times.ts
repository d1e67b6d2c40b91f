/** The times that a plan is made from: of this machine, measured now, or of a bench report. */
import { sanitizeForDisplay } from '../../encoding/display.js';
import type { BenchReport } from '../../reports/bench-report.js';
import { timingsFromBench } from '../measure/bench-timings.js';
import { createMeasurer, measureSets } from '../measure/login-cost.js';
import { thisMachine } from '../measure/machine.js';
import type { ParameterSet } from '../measure/parameter-set.js';
import type { UsedBackends } from '../measure/placement.js';
import { type MeasuredSet, NOISY_SPREAD } from '../measure/timing.js';
import type { UpgradeOptions } from './contract.js';
import type { Mix } from './mix.js';
import { worthMeasuring } from './timings.js';

export interface Times {
  readonly measured: readonly MeasuredSet[];
  readonly used: UsedBackends;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string };
  readonly noisy: boolean;
  readonly measuredNow: boolean;
}

export function timesFromBench(report: BenchReport): Times {
  const { cpu, cores, node } = report.machine;
  return {
    measured: timingsFromBench(report),
    used: {},
    machine: { cpu: sanitizeForDisplay(cpu, 60), cores, node: sanitizeForDisplay(node, 60) },
    noisy: report.noise.noisy,
    measuredNow: false,
  };
}

/** @param onSet called before each set is measured. */
export async function measureTimes(
  mix: Mix,
  upgrade: UpgradeOptions | undefined,
  onSet: (set: ParameterSet, done: number, of: number) => void,
): Promise<Times> {
  const sets = worthMeasuring(mix.portions, upgrade === undefined ? [] : [upgrade.target]);
  await using measurer = await createMeasurer();
  const measured = await measureSets(sets, measurer.measure, onSet);
  const { cpu, cores, node } = thisMachine();
  return {
    measured,
    used: measurer.used,
    machine: { cpu, cores, node },
    noisy: meanSpread(mix, measured) > NOISY_SPREAD,
    measuredNow: true,
  };
}

/** Of a login: what takes no time may vary as it likes. */
function meanSpread({ portions }: Mix, measured: readonly MeasuredSet[]): number {
  let [ms, spread] = [0, 0];
  for (const { set, timing } of measured) {
    const share = portions.find((one) => one.set.label === set.label)?.share ?? 0;
    const [aloneMs = 0] = timing.batchMs;
    ms += share * aloneMs;
    spread += share * aloneMs * timing.spread;
  }
  return ms === 0 ? 0 : spread / ms;
}
