/** Timers for the pool's own ends. Taken when the module loads: a test's faked ones, installed later, are not these. */

const { clearTimeout: stop, setImmediate: turn, setTimeout: start } = process.getBuiltinModule('node:timers');

export interface Alarm {
  cancel(): void;
  /** Whether it holds the process open. */
  hold(on: boolean): void;
}

/** Calls back after some time. It holds no process open but where it is asked to. */
export function alarmIn(ms: number, callback: () => void): Alarm {
  const timer = start(callback, ms);
  timer.unref();
  return {
    cancel: () => stop(timer),
    hold(on) {
      if (on) timer.ref();
      else timer.unref();
    },
  };
}

/** Calls back after the messages that have come already. */
export function afterMessages(callback: () => void): void {
  turn(callback);
}
