/** How far a check is: one line of a terminal that goes away again; elsewhere a plain line every some seconds. */
import { rowsText } from '../present/check/sentences.js';
import { formatCount } from '../present/quantity.js';
import { obeysEscapes } from '../present/terminal-style.js';
import { type Terminal, talk, talkOver } from './terminal.js';

export interface Progress {
  show(rows: number, bytes: number, totalBytes: number | undefined): void;
  end(): void;
}

/** Often enough to see that it goes on. */
const TERMINAL_MS = 200;
/** Seldom enough for a log. */
const LOG_MS = 10_000;
/** An estimate from the first moments would be a guess. */
const SETTLED_MS = 1000;

/** @param quiet no plain lines: the output is for a program. */
export function progressOn(
  { stderr, env }: Pick<Terminal, 'stderr' | 'env'>,
  quiet: boolean,
  now: () => number = () => performance.now(),
): Progress {
  const started = now();
  // What cannot erase a line is a log to us.
  const erases = stderr.isTTY === true && obeysEscapes(env);
  const everyMs = erases ? TERMINAL_MS : LOG_MS;
  let shownAt = started;
  let shown = false;
  return {
    show(rows, bytes, totalBytes) {
      if (!erases && quiet) return;
      const at = now();
      if (at - shownAt < everyMs) return;
      shownAt = at;
      shown = true;
      const text = formatCheckProgress(at - started, rows, bytes, totalBytes);
      if (erases) talkOver({ stderr }, text);
      else talk({ stderr }, text);
    },
    end() {
      if (shown && erases) talkOver({ stderr }, '');
    },
  };
}

function formatCheckProgress(elapsedMs: number, rows: number, bytes: number, totalBytes: number | undefined): string {
  const parts = [rowsText(rows), `${formatCount(Math.round((1000 * rows) / elapsedMs))} rows/s`];
  if (totalBytes !== undefined && totalBytes > 0 && bytes > 0) {
    const share = Math.min(1, bytes / totalBytes);
    parts.unshift(`${Math.floor(100 * share)} %`);
    if (elapsedMs >= SETTLED_MS) parts.push(`${leftText((elapsedMs * (1 - share)) / share)} left`);
  }
  return parts.join(' · ');
}

function leftText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
