/** Ctrl-C and the like, which end a command in order. */
import { EXIT, type ExitCode } from './terminal.js';

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

export interface Interruption {
  readonly signal: AbortSignal;
  /** What the process is to end with; undefined where nothing interrupted it. */
  code(): ExitCode | undefined;
  /** The signals end the process again, as they do by themselves. */
  end(): void;
}

export function interruptible(): Interruption {
  const controller = new AbortController();
  let code: ExitCode | undefined;
  const stop = (signal: (typeof SIGNALS)[number]) => {
    code ??= EXIT[signal];
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return {
    signal: controller.signal,
    code: () => code,
    end() {
      for (const signal of SIGNALS) process.off(signal, stop);
    },
  };
}
