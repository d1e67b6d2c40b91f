/** Timers for the pool's own ends. Taken when the module loads: a test's faked ones, installed later, are not these. */
import { clearTimeout, setTimeout } from 'node:timers';

export interface Alarm {
  cancel(): void;
}

/** Calls back after some time. It holds no process open. */
export function alarmIn(ms: number, callback: () => void): Alarm {
  const timer = start(callback, ms);
  timer.unref();
  return { cancel: () => stop(timer) };
}

const start: typeof setTimeout = setTimeout;
const stop: typeof clearTimeout = clearTimeout;
