/** What the rest of digestry uses of plans. */
export { type Compared, type Confirmation, confirm } from './confirm.js';
export { describeMachine, workOf } from './kinds.js';
export { type Mix, mixFromText, targetFromText } from './mix.js';
export { mixFromReport } from './mix-from-report.js';
export {
  type DemandPlan,
  type MachinePlan,
  makePlan,
  type Plan,
  type PlannedSet,
  type PlanOptions,
  type UpgradeOptions,
  type UpgradePlan,
} from './plan.js';
export { simulate } from './simulate.js';
export { measureTimes, timesFromBench } from './times.js';
export { timedSets } from './timings.js';
