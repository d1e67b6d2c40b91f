/** A plan as lines for a terminal of 80 columns. */
import type {
  Confirmation,
  DemandPlan,
  MachinePlan,
  Plan,
  PlannedSet,
  UpgradePlan,
} from '../../capacity/plan/index.js';
import {
  formatAmount,
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  HOUR_MS,
  MIB,
} from '../quantity.js';
import { table, wrapped } from '../table.js';
import { type StyleTarget, type Stylist, stylist, WIDTH } from '../terminal-style.js';
import { formatFact, formatLogins } from './amounts.js';
import { findUnsetThreads, formatConfirmation } from './confirmation-text.js';

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
    formatHead(plan, origin, style),
    formatMix(plan),
    formatMachine(machine, plan.p99Ms, style),
    formatDemand(demand, machine, plan.p99Ms, style),
    ...(upgrade === null ? [] : [formatUpgrade(upgrade, machine, demand, style)]),
    ...(confirmed === undefined ? [] : [formatConfirmation(confirmed, findUnsetThreads(machine, terminal), style)]),
    ['Assumed', ...plan.assumptions.flatMap((one) => formatPoint(one))].map((line, i) =>
      i === 0 ? style('bold', line) : line,
    ),
  ];
  return sections.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}

function formatPoint(text: string): string[] {
  return wrapped(text, WIDTH - 2, '  ').map((line, i) => (i === 0 ? `- ${line.slice(2)}` : line));
}

function formatHead({ demand, p99Ms }: Plan, { machine, noisy }: TimingsOrigin, style: Stylist): string[] {
  return [
    style('bold', `${formatLogins(demand.loginsPerSecond)}, 99 of 100 answered within ${formatDuration(p99Ms)}`),
    ...wrapped(machine, WIDTH, ''),
    ...(noisy
      ? wrapped('The machine was busy: measure again when it is quiet.', WIDTH, '').map((line) => style('yellow', line))
      : []),
  ];
}

function formatMix({ mix, login, leftOut }: Plan): string[] {
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
    formatLabel(set),
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

function formatLabel({ label, measuredAs }: PlannedSet): string {
  const text = label === measuredAs ? label : `${label} *`;
  return text.length > LABEL_WIDTH ? `${text.slice(0, LABEL_WIDTH - 1)}…` : text;
}

function formatMachine(machine: MachinePlan, p99Ms: number, style: Stylist): string[] {
  const { cores, saturationPerSecond, inTime, memoryBytes, maxQueue, uvThreadpoolSize } = machine;
  const lines = [style('bold', `One machine of ${formatAmount(cores, 'core')}`)];
  if (inTime === null) lines.push(style('red', `  even a single login takes longer than ${formatDuration(p99Ms)}`));
  else {
    lines.push(
      formatFact(
        `in time (p99 ≤ ${formatDuration(p99Ms)})`,
        `up to ${formatLogins(inTime.perSecond)}, ${formatNumber(inTime.perSecondPerCore)} a core`,
      ),
    );
  }
  lines.push(formatFact('saturated', `at ${formatLogins(saturationPerSecond)}`));
  lines.push(
    formatFact(
      'memory',
      memoryBytes < MIB ? 'under 1 MiB for verifying' : `${formatBytes(memoryBytes)} for verifying, at most`,
    ),
  );
  if (maxQueue !== null && inTime !== null)
    lines.push(formatFact('settings', `createVerifier({ maxQueue: ${maxQueue} }): more would be late`));
  if (uvThreadpoolSize !== null) lines.push(formatFact('environment', `UV_THREADPOOL_SIZE=${uvThreadpoolSize}`));
  return lines;
}

function formatDemand(
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
  const spare = `${formatCount(machines + 1)} to survive one failure`;
  return [
    title,
    formatFact('machines', `${formatCount(machines)} of ${formatAmount(machine.cores, 'core')} (${spare})`),
    formatFact('cores', machines === 1 ? `${cores} would do` : formatCount(cores ?? 0)),
    formatFact('a login there takes', `p50 ${formatDuration(load.p50Ms)}, p99 ${formatDuration(load.p99Ms)}`),
    formatFact('busy', `cores ${formatPercent(load.coresBusy)}, event loop ${formatPercent(load.eventLoopBusy)}`),
    formatFact('headroom', `${formatNumber(headroom)} times this load before p99 is late`),
  ];
}

function formatUpgrade(upgrade: UpgradePlan, machine: MachinePlan, demand: DemandPlan, style: Stylist): string[] {
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
    one.machines === null ? '–' : formatCount(one.machines),
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
