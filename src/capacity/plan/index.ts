/** What the rest of digestry uses of plans. */
export { type Confirmation, confirm, type PredictedAndMeasured } from './confirm.js';
export type {
  DemandPlan,
  MachinePlan,
  Plan,
  PlannedSet,
  PlanOptions,
  UpgradeOptions,
  UpgradePlan,
} from './contract.js';
export { describeMachine, describeWork } from './kinds.js';
export { type Mix, mixFromText, targetFromText } from './mix.js';
export { mixFromReport } from './mix-from-report.js';
export { makePlan } from './plan.js';
export { leastLoginsPerActive } from './sign-ins.js';
export { simulate } from './simulate.js';
export { measureTimes, timesFromBench } from './times.js';
export { timedSets } from './timings.js';
