/** How far a bench is: one line of a terminal, erased at the end. Elsewhere nothing, to keep logs clean. */
import type { BenchProgress } from '../capacity/bench/index.js';
import { WIDTH } from '../present/terminal-style.js';
import { type Terminal, talkOver } from './terminal.js';

export interface BenchProgressLine {
  show(progress: BenchProgress): void;
  end(): void;
}

export function benchProgressOn({ stderr }: Pick<Terminal, 'stderr'>): BenchProgressLine {
  let shown = false;
  return {
    show(progress) {
      if (!stderr.isTTY) return;
      shown = true;
      talkOver({ stderr }, formatBenchProgress(progress));
    },
    end() {
      if (shown) talkOver({ stderr }, '');
      shown = false;
    },
  };
}

export function formatBenchProgress({ done, cases, label, phase, elapsedMs, budgetMs }: BenchProgress): string {
  const left = Math.max(0, Math.ceil((budgetMs - elapsedMs) / 1000));
  const parts = [`${done} of ${cases}`, label, phase, left === 0 ? 'soon done' : `at most ${left} s left`];
  return parts.join(' · ').slice(0, WIDTH - 1);
}
