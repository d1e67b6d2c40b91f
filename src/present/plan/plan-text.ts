/** A plan as lines for a terminal of 80 columns. */
import type {
  Confirmation,
  DemandPlan,
  MachinePlan,
  Plan,
  PlannedSet,
  PredictedAndMeasured,
  UpgradePlan,
} from '../../capacity/plan/index.js';
import {
  formatAmount,
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  formatRate,
  HOUR_MS,
  MIB,
} from '../quantity.js';
import { table, wrapped } from '../table.js';
import { type StyleTarget, type Stylist, stylist, WIDTH } from '../terminal-style.js';

/** Where the times are from. */
export interface TimingsOrigin {
  /** `Xeon, 2 cores, Node 20; measured now`. */
  readonly machine: string;
  readonly noisy: boolean;
}

/** Rows of the mix; the rest share one line. */
const SHOWN = 10;
const LABEL_WIDTH = 34;

export function planLines(
  plan: Plan,
  origin: TimingsOrigin,
  terminal: StyleTarget,
  confirmed?: Confirmation,
): string[] {
  const style = stylist(terminal);
  const { demand, machine, upgrade } = plan;
  const sections = [
    headLines(plan, origin, style),
    mixLines(plan),
    machineLines(machine, plan.p99Ms, style),
    demandLines(demand, machine, plan.p99Ms, style),
    ...(upgrade === null ? [] : [upgradeLines(upgrade, machine, demand, style)]),
    ...(confirmed === undefined ? [] : [confirmedLines(confirmed, unsetThreads(machine, terminal), style)]),
    ['Assumed', ...plan.assumptions.flatMap((one) => pointed(one))].map((line, i) =>
      i === 0 ? style('bold', line) : line,
    ),
  ];
  return sections.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}

function pointed(text: string): string[] {
  return wrapped(text, WIDTH - 2, '  ').map((line, i) => (i === 0 ? `- ${line.slice(2)}` : line));
}

function headLines({ demand, p99Ms }: Plan, { machine, noisy }: TimingsOrigin, style: Stylist): string[] {
  return [
    style('bold', `${formatLogins(demand.loginsPerSecond)}, 99 of 100 answered within ${formatDuration(p99Ms)}`),
    ...wrapped(machine, WIDTH, ''),
    ...(noisy
      ? wrapped('The machine was busy: measure again when it is quiet.', WIDTH, '').map((line) => style('yellow', line))
      : []),
  ];
}

function mixLines({ mix, login, leftOut }: Plan): string[] {
  const columns = [
    { title: 'verified' },
    { title: 'logins', align: 'right' },
    { title: 'alone', align: 'right' },
    { title: 'under load', align: 'right' },
    { title: 'of the work', align: 'right' },
    // Nothing is left to wrap.
    { title: '' },
  ] as const;
  const shown = mix.slice(0, SHOWN);
  const rest = mix.slice(SHOWN);
  const rows = shown.map((set) => [
    labelText(set),
    formatPercent(set.share),
    formatDuration(set.aloneMs),
    formatDuration(set.loadedMs),
    formatPercent(set.ofWork),
  ]);
  if (rest.length > 0) {
    const sum = (value: 'share' | 'ofWork') => rest.reduce((all, set) => all + set[value], 0);
    rows.push([`and ${rest.length} more`, formatPercent(sum('share')), '', '', formatPercent(sum('ofWork'))]);
  }
  rows.push(['a login', '', formatDuration(login.aloneMs), formatDuration(login.coreMs), '']);
  const lines = table(columns, rows);
  lines.push(...wrapped('Under load: core time of each, with all cores and lanes busy.', WIDTH, ''));
  const out = leftOut.reduce((sum, { rows: count }) => sum + count, 0);
  if (out > 0) {
    // A hasher that is unknown here has no name to show.
    const reasons = [
      ...new Set(leftOut.map(({ hasher, reason }) => (hasher === 'unknown' ? reason : `${hasher}: ${reason}`))),
    ];
    lines.push(
      ...wrapped(
        `Left out: ${formatCount(out)} users (${reasons.slice(0, 3).join('; ')}${reasons.length > 3 ? '; …' : ''}).`,
        WIDTH,
        '',
      ),
    );
  }
  return lines;
}

function labelText({ label, measuredAs }: PlannedSet): string {
  const text = label === measuredAs ? label : `${label} *`;
  return text.length > LABEL_WIDTH ? `${text.slice(0, LABEL_WIDTH - 1)}…` : text;
}

function machineLines(machine: MachinePlan, p99Ms: number, style: Stylist): string[] {
  const { cores, saturationPerSecond, inTime, memoryBytes, maxQueue, uvThreadpoolSize } = machine;
  const lines = [style('bold', `One machine of ${formatAmount(cores, 'core')}`)];
  if (inTime === null) lines.push(style('red', `  even a single login takes longer than ${formatDuration(p99Ms)}`));
  else {
    lines.push(
      fact(
        `in time (p99 ≤ ${formatDuration(p99Ms)})`,
        `up to ${formatLogins(inTime.perSecond)}, ${formatNumber(inTime.perSecondPerCore)} a core`,
      ),
    );
  }
  lines.push(fact('saturated', `at ${formatLogins(saturationPerSecond)}`));
  lines.push(
    fact(
      'memory',
      memoryBytes < MIB ? 'under 1 MiB for verifying' : `${formatBytes(memoryBytes)} for verifying, at most`,
    ),
  );
  if (maxQueue !== null && inTime !== null)
    lines.push(fact('settings', `createVerifier({ maxQueue: ${maxQueue} }): more would be late`));
  if (uvThreadpoolSize !== null) lines.push(fact('environment', `UV_THREADPOOL_SIZE=${uvThreadpoolSize}`));
  return lines;
}

function demandLines(
  { loginsPerSecond, machines, cores, load, headroom }: DemandPlan,
  machine: MachinePlan,
  p99Ms: number,
  style: Stylist,
): string[] {
  const title = style('bold', `For ${formatLogins(loginsPerSecond)}`);
  if (machines === null || load === null || headroom === null) {
    return [
      title,
      style('red', `  no number of machines is enough: allow more than ${formatDuration(p99Ms)}, or faster cores`),
    ];
  }
  const spare = `${machines + 1} to survive one failure`;
  return [
    title,
    fact('machines', `${machines} of ${formatAmount(machine.cores, 'core')} (${spare})`),
    fact('cores', machines === 1 ? `${cores} would do` : `${cores}`),
    fact('a login there takes', `p50 ${formatDuration(load.p50Ms)}, p99 ${formatDuration(load.p99Ms)}`),
    fact('busy', `cores ${formatPercent(load.coresBusy)}, event loop ${formatPercent(load.eventLoopBusy)}`),
    fact('headroom', `${formatNumber(headroom)} times this load before p99 is late`),
  ];
}

function upgradeLines(upgrade: UpgradePlan, machine: MachinePlan, demand: DemandPlan, style: Stylist): string[] {
  const { to, users, usersCounted, replaced, months, hashing, everybodySignsIn } = upgrade;
  const title = style('bold', `Upgrading to ${to} as users sign in`);
  if (replaced === 0) return [title, '  no digest of this mix would be replaced'];
  const columns = [
    { title: 'month', align: 'right' },
    { title: 'users left', align: 'right' },
    { title: 'logins that upgrade', align: 'right' },
    { title: 'ms a login', align: 'right' },
    { title: 'in time', align: 'right' },
    { title: 'machines', align: 'right' },
    { title: '' },
  ] as const;
  const rows = months.map((one) => [
    String(one.month),
    formatPercent(one.usersLeft),
    formatPercent(one.upgradingLogins),
    formatNumber(one.coreMsPerLogin),
    one.perSecond === null ? 'never' : `${formatNumber(one.perSecond)}/s`,
    one.machines === null ? '–' : String(one.machines),
  ]);
  const who = `${usersCounted ? '' : 'assuming a million users: '}${formatAmount(users, 'digest')}`;
  const spent = ({ coreHours, machineHours }: { readonly coreHours: number; readonly machineHours: number }) =>
    `${formatDuration(coreHours * HOUR_MS)} of one core, ${formatDuration(machineHours * HOUR_MS)} of one machine`;
  return [
    title,
    ...table(columns, rows),
    ...wrapped(
      `In time: logins a second on one machine of ${formatAmount(machine.cores, 'core')}. Machines: for ${formatLogins(demand.loginsPerSecond)}. Month 0 is the first hour, when nearly every login creates a new digest.`,
      WIDTH,
      '',
    ),
    ...wrapped(
      `All at once instead (${who}): wrapping each stored hash in ${to}, offline and without passwords, takes ${spent(hashing)}; it needs a custom hasher for the wrapped digests. Signing in every user again takes ${spent(everybodySignsIn)}.`,
      WIDTH,
      '',
    ),
  ];
}

/** What the plan is meant to be good for. */
const OFF = 0.2;
/** Share of the cores that others may have had. */
const SHARED = 0.05;
/** In a round of fewer, the slowest in a hundred is the slowest. */
const FEW_LOGINS = 500;
/** Above it, sending logins of microseconds costs as much as answering them. */
const EVENT_LOOP_BUSY = 0.3;
/** Timers that send logins are no more exact. */
const TIMERS_MS = 2;

function confirmedLines(
  { logins, saturationPerSecond, perSecond, p50Ms, p99Ms, eventLoopBusy, others }: Confirmation,
  libuv: number | null,
  style: Stylist,
): string[] {
  const row = (
    name: string,
    { predicted, measured, ratio }: PredictedAndMeasured,
    said: (value: number) => string,
    off: boolean,
  ) => {
    const text = ratio.toFixed(2);
    return [name, said(predicted), said(measured), off ? style('yellow', text) : text];
  };
  const columns = [
    { title: 'on this machine' },
    { title: 'planned', align: 'right' },
    { title: 'measured', align: 'right' },
    { title: 'ratio', align: 'right' },
    // Nothing is left to wrap.
    { title: '' },
  ] as const;
  const isLoopTheLimit = eventLoopBusy > EVENT_LOOP_BUSY;
  const isLate = (ms: PredictedAndMeasured) => isOff(ms) && Math.abs(ms.predicted - ms.measured) > TIMERS_MS;
  const rows = [row('saturated at', saturationPerSecond, formatLogins, isOff(saturationPerSecond))];
  if (!isLoopTheLimit) {
    rows.push(row(`p50 at ${formatLogins(perSecond)}`, p50Ms, formatDuration, isLate(p50Ms)));
    rows.push(row(`p99 at ${formatLogins(perSecond)}`, p99Ms, formatDuration, isLate(p99Ms)));
  }
  const isAnyOff = isOff(saturationPerSecond) || (!isLoopTheLimit && (isLate(p50Ms) || isLate(p99Ms)));
  const notes = [
    `${formatCount(logins.saturated)} real logins in a closed loop, and ${formatCount(logins.atRandom)} at random times; the numbers are medians of rounds.`,
    ...(isLoopTheLimit
      ? ['The event loop limits logins this fast, and sending them uses it too, so no latency is reported.']
      : []),
    ...(logins.atRandom < FEW_LOGINS ? ['Too few logins for a reliable p99: confirm for longer.'] : []),
    ...(libuv === null
      ? []
      : [`The plan assumes UV_THREADPOOL_SIZE=${libuv}, which is not set here: set it to confirm the plan.`]),
    ...(others > SHARED
      ? [`Other programs used ${formatPercent(others)} of the cores, which affects the measurement.`]
      : []),
    ...(isAnyOff && !isLoopTheLimit
      ? ['More than 20 % off: repeat for longer on a quiet machine before you trust the plan.']
      : []),
  ];
  return [
    style('bold', 'Confirmed by logins'),
    ...table(columns, rows),
    ...notes.flatMap((note) => wrapped(note, WIDTH, '')),
  ];
}

/** What the environment does not say, and the plan counts on. */
function unsetThreads({ uvThreadpoolSize }: MachinePlan, { env }: StyleTarget): number | null {
  return env['UV_THREADPOOL_SIZE'] === String(uvThreadpoolSize) ? null : uvThreadpoolSize;
}

function isOff({ ratio }: PredictedAndMeasured): boolean {
  return ratio < 1 - OFF || ratio > 1 + OFF;
}

function fact(name: string, value: string): string {
  return `  ${name.padEnd(24)}${value}`;
}

function formatLogins(perSecond: number): string {
  return formatRate(perSecond, 'logins');
}
