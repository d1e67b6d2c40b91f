/** Real logins next to what was planned of them, as lines for a terminal. */
import type { Confirmation, MachinePlan, PredictedAndMeasured } from '../../capacity/plan/index.js';
import { formatCount, formatDuration, formatPercent } from '../quantity.js';
import { table, wrapped } from '../table.js';
import { type StyleTarget, type Stylist, WIDTH } from '../terminal-style.js';
import { formatLogins } from './amounts.js';

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

export function formatConfirmation(
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
export function findUnsetThreads({ uvThreadpoolSize }: MachinePlan, { env }: StyleTarget): number | null {
  return env['UV_THREADPOOL_SIZE'] === String(uvThreadpoolSize) ? null : uvThreadpoolSize;
}

function isOff({ ratio }: PredictedAndMeasured): boolean {
  return ratio < 1 - OFF || ratio > 1 + OFF;
}
