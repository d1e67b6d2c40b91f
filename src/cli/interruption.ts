/** Ctrl-C and the like, which end a command in order. */
import { removeTemporaries } from '../files/temporary.js';
import { EXIT, type ExitCode } from './terminal.js';

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;
type Signal = (typeof SIGNALS)[number];

/** What is under way may take as long to end in order. */
const GRACE_MS = 800;

export interface Interruption {
  readonly signal: AbortSignal;
  /** What the process is to end with; undefined where nothing interrupted it. */
  code(): ExitCode | undefined;
  /** Restores the default: signals end the process. Without effect after one of them came. */
  end(): void;
}

export interface InterruptionOptions {
  readonly graceMs?: number;
  /** After a moment of it. */
  readonly onGrace?: () => void;
}

const MOMENT_MS = 500;

export function interruptible({ graceMs = GRACE_MS, onGrace }: InterruptionOptions = {}): Interruption {
  const controller = new AbortController();
  let code: ExitCode | undefined;
  const stop = (signal: Signal) => {
    if (code !== undefined) {
      endNow(signal);
      return;
    }
    code = EXIT[signal];
    controller.abort();
    setTimeout(endNow, graceMs, signal).unref();
    if (onGrace !== undefined) setTimeout(onGrace, MOMENT_MS).unref();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return {
    signal: controller.signal,
    code: () => code,
    end() {
      if (code !== undefined) return;
      for (const signal of SIGNALS) process.off(signal, stop);
    },
  };
}

/** By the signal itself: `process.exit` waits for threads that are in the middle of a derivation. */
function endNow(signal: Signal): void {
  removeTemporaries();
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
