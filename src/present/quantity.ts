/** Numbers with their units, for people. */
import { grouped } from '../cli/terminal.js';

const MIB = 2 ** 20;

/** Three digits that count. */
export function number(value: number): string {
  if (value >= 1000) return grouped(Math.round(value));
  if (value === 0) return '0';
  const places = Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(value))));
  return value.toFixed(places).replace(/\.0+$/, '');
}

export function rate(perSecond: number): string {
  return `${number(perSecond)} logins/s`;
}

export function time(ms: number): string {
  if (ms < 1) return `${number(1000 * ms)} µs`;
  return ms < 1000 ? `${number(ms)} ms` : `${number(ms / 1000)} s`;
}

export function hours(count: number): string {
  if (count < 1 / 60) return `${number(count * 3600)} s`;
  if (count < 1) return `${number(count * 60)} min`;
  return count < 48 ? `${number(count)} h` : `${number(count / 24)} days`;
}

export function percent(share: number): string {
  const value = 100 * share;
  return value > 0 && value < 0.1 ? '< 0.1 %' : `${value.toFixed(1)} %`;
}

export function mebibytes(bytes: number): string {
  return bytes < 1024 * MIB ? `${number(bytes / MIB)} MiB` : `${number(bytes / (1024 * MIB))} GiB`;
}
