/** Durations, rates and sizes in three digits and a unit. */

export function durationText(ms: number): string {
  if (ms < 1) return `${digits(1000 * ms)} µs`;
  return ms < 1000 ? `${digits(ms)} ms` : `${digits(ms / 1000)} s`;
}

export function rateText(perSecond: number): string {
  if (perSecond >= 1e6) return `${digits(perSecond / 1e6)} M/s`;
  return perSecond >= 1e4 ? `${digits(perSecond / 1e3)} k/s` : `${digits(perSecond)}/s`;
}

export function percentText(part: number): string {
  const percent = 100 * part;
  return `${percent < 0.95 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

export function bytesText(bytes: number): string {
  if (bytes === 0) return '';
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${digits(bytes / 1024)} KiB`;
  return bytes < 1024 ** 3 ? `${digits(bytes / 1024 ** 2)} MiB` : `${digits(bytes / 1024 ** 3)} GiB`;
}

function digits(value: number): string {
  const places = Math.max(0, 2 - Math.floor(Math.log10(value)));
  return value.toFixed(Math.min(places, 2));
}
