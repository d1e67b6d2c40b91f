/**
 * Turns of the event loop in the middle of a long computation on the calling thread.
 *
 * Clock and timers are taken when the module loads, and faked ones are passed over: a test that fakes them (Jest, Vitest)
 * must not stop a verification. A clock that does not advance (Cloudflare Workers) does not stop the turns either.
 */
import { throwIfAborted } from './abort.js';
import type { KernelRun } from './contract.js';
import { isBoundToRequests } from './host.js';

type Defer = (callback: () => void) => unknown;

interface Channel {
  readonly port1: { onmessage: unknown; close(): void };
  readonly port2: { postMessage(message: unknown): void };
}

interface Host {
  readonly setImmediate?: Defer;
  readonly setTimeout?: (callback: () => void, ms: number) => unknown;
  readonly MessageChannel?: new () => Channel;
  readonly performance?: { now(): number };
  readonly process?: {
    getBuiltinModule?(name: string): Host | undefined;
    /** Seconds and nanoseconds. */
    hrtime?(): [number, number];
  };
}

/** Slices before a turn, whatever the clock says. Each is about a millisecond on a fast core. */
const MOST_SLICES = 8;

const later: Defer = chooseLater(globalThis as unknown as Host);
const now: () => number = chooseClock(globalThis as unknown as Host);

/** What begins a new task, so that timers and input get their turn. The last resort only never hangs. */
export function chooseLater(host: Host): Defer {
  const ways = waysIn(host);
  return (callback) => {
    for (const way of ways) {
      try {
        way(callback);
        return;
      } catch {
        // Next.js puts functions that throw in the place of Node's, where its edge runtime has none.
      }
    }
  };
}

function waysIn(host: Host): Defer[] {
  const { setTimeout, setImmediate } = host;
  const immediate = isReal(setImmediate) ? setImmediate : builtinTimers(host)?.setImmediate;
  const ways: Defer[] = isReal(immediate) ? [(callback) => immediate(callback)] : [];
  // Browsers make a nested timer wait for 4 ms, and one of a hidden page for a second.
  // Read at the call: to read it makes Node load 20 modules. Where a runtime lacks it, the call throws.
  ways.push((callback) => postTo(new (host.MessageChannel as new () => Channel)(), callback));
  if (isReal(setTimeout)) {
    const timeout: Defer = (callback) => setTimeout(callback, 0);
    // There a channel may belong to another request than the one that is served.
    if (isBoundToRequests(host)) ways.unshift(timeout);
    else ways.push(timeout);
  }
  return [...ways, (callback) => void Promise.resolve().then(callback)];
}

/** Milliseconds. Node loads 20 modules for its `performance`, and none for `hrtime`. */
export function chooseClock(host: Host): () => number {
  const { process } = host;
  const hrtime = process?.hrtime?.bind(process);
  try {
    if (hrtime?.() !== undefined) return () => milliseconds(hrtime());
  } catch {
    // A runtime that has the name only.
  }
  const { performance } = host;
  return performance === undefined ? () => 0 : performance.now.bind(performance);
}

function milliseconds([seconds, nanoseconds]: [number, number]): number {
  return seconds * 1e3 + nanoseconds / 1e6;
}

/** Node's own, also where a test environment (jsdom) has taken the global ones away. */
function builtinTimers({ process }: Host): Host | undefined {
  try {
    return process?.getBuiltinModule?.('node:timers');
  } catch {
    return undefined;
  }
}

/** Fake timers carry their clock; those of old Jest are mock functions. */
function isReal<F extends (...args: never[]) => unknown>(timer: F | undefined): timer is F {
  return typeof timer === 'function' && !('clock' in timer) && !('_isMockFunction' in timer);
}

/** One channel a message: what is shared would hold a process open, and let messages overtake timers in Node. */
function postTo({ port1, port2 }: Channel, callback: () => void): void {
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(undefined);
}

/** Resolves as a new task, not as a microtask: timers and input get their turn. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => later(() => resolve()));
}

/** Waits for the next task after slices of `tickMs`, or after some of them. */
export function createTicker({ signal, tickMs }: KernelRun): () => Promise<void> | undefined {
  let since = now();
  let slices = 0;
  if (tickMs === Number.POSITIVE_INFINITY) return () => throwIfAborted(signal);

  async function pause(): Promise<void> {
    await nextTask();
    throwIfAborted(signal);
    slices = 0;
    since = now();
  }

  return () => {
    throwIfAborted(signal);
    return ++slices >= MOST_SLICES || now() - since >= tickMs ? pause() : undefined;
  };
}

/**
 * Runs `step(from, to)` over `[0, total)` in slices that fit into `run.tickMs`.
 * @param slice steps that surely take less than a tick.
 * @throws the signal's reason at the next slice after an abort.
 */
export async function inSlices(
  total: number,
  slice: number,
  run: KernelRun,
  step: (from: number, to: number) => void,
): Promise<void> {
  const tick = createTicker(run);
  for (let from = 0; from < total; ) {
    const to = Math.min(total, from + slice);
    step(from, to);
    from = to;
    const pause = tick();
    if (pause !== undefined) await pause;
  }
}
