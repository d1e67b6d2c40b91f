/** What upgrading digests at login costs, month by month. */
import type { ParameterSet } from '../measure/parameter-set.js';
import { largestRate, saturation } from './capacity.js';
import type { MonthPlan, PlanOptions, UpgradeOptions, UpgradePlan } from './contract.js';
import type { Portion } from './mix.js';
import { buildPlannedKinds, findCoreMs } from './planned-logins.js';
import { signInModel } from './sign-ins.js';
import type { Machine } from './simulate.js';
import { isReplaced } from './upgrade.js';

const HOUR_MS = 3_600_000;
/** Users, where neither the caller nor a report counted them. */
const DEFAULT_USERS = 1_000_000;

export function planUpgrade(
  options: PlanOptions,
  { target, months, signIns }: UpgradeOptions,
  machine: Machine,
): UpgradePlan {
  const { mix, loginsPerSecond, p99Ms } = options;
  const model = signInModel(signIns);
  const old = mix.portions.filter(({ set }) => isReplaced(set, target));
  const replaced = old.reduce((sum, { share }) => sum + share, 0);
  const counted = options.users ?? mix.users;
  const users = Math.round((counted ?? DEFAULT_USERS) * replaced);
  const newMs = findCoreMs(options, target);
  const oldMs =
    replaced === 0 ? 0 : old.reduce((sum, { set, share }) => sum + share * findCoreMs(options, set), 0) / replaced;
  const hours = (ms: number) => {
    const coreHours = (users * ms) / HOUR_MS;
    return { coreHours, machineHours: coreHours / machine.cores };
  };
  return {
    to: target.label,
    replaced,
    users,
    usersCounted: counted !== undefined,
    signIns,
    months: months.map((month): MonthPlan => {
      const first = model.firstLogins(month);
      const kinds = buildPlannedKinds(options, target, first);
      const capacity = largestRate(kinds, machine, p99Ms, saturation(kinds, machine));
      return {
        month,
        usersLeft: model.left(month),
        upgradingLogins: replaced * first,
        coreMsPerLogin: coreMsPerLogin(options, mix.portions, target, first),
        perSecond: capacity?.perSecond ?? null,
        machines: capacity === undefined ? null : Math.max(1, Math.ceil(loginsPerSecond / capacity.perSecond)),
      };
    }),
    hashing: hours(newMs),
    everybodySignsIn: hours(oldMs + newMs),
  };
}

function coreMsPerLogin(
  options: PlanOptions,
  portions: readonly Portion[],
  target: ParameterSet,
  first: number,
): number {
  const newMs = findCoreMs(options, target);
  return portions.reduce((sum, { set, share }) => {
    const oldMs = findCoreMs(options, set);
    return sum + share * (isReplaced(set, target) ? first * (oldMs + newMs) + (1 - first) * newMs : oldMs);
  }, 0);
}
