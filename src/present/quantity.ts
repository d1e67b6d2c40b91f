/** Numbers with their units, as people read them. The only formatter of each quantity. */

/** `1,200,000`; at most three decimals. The tables of `toLocaleString` take longer to load than a thousand rows to check. */
export function formatCount(value: number): string {
  const [whole = '', decimals] = String(Number(value.toFixed(3))).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

/** `1 row`, `1,200 rows` */
export function formatAmount(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `1.2M`, for the little room of a chart. */
export function formatCompact(value: number, digits = 3): string {
  return value.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: digits });
}

/** Three significant digits: `0.0123`, `12.5`, `1,235`. */
export function formatNumber(value: number): string {
  if (value >= 1000) return formatCount(Math.round(value));
  if (value === 0) return '0';
  const places = Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(value))));
  const text = value.toFixed(places);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** `73.9 %`; empty where `whole` is 0. */
export function formatPercent(part: number, whole = 1): string {
  if (whole === 0) return '';
  const value = (100 * part) / whole;
  if (value > 0 && value < 0.1) return '< 0.1 %';
  return `${value.toFixed(value > 100 ? 0 : 1)} %`;
}

/** `2.35×` */
export function formatRatio(ratio: number): string {
  return `${ratio.toFixed(ratio < 10 ? 2 : 1)}×`;
}

const MINUTE_MS = 60_000;
export const HOUR_MS: number = 60 * MINUTE_MS;

/** From `12.3 µs` to `3.5 days`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0 ms';
  if (ms < 1) return `${formatNumber(1000 * ms)} µs`;
  if (ms < 1000) return `${formatNumber(ms)} ms`;
  if (ms < 2 * MINUTE_MS) return `${formatNumber(ms / 1000)} s`;
  if (ms < HOUR_MS) return `${formatNumber(ms / MINUTE_MS)} min`;
  return ms < 48 * HOUR_MS ? `${formatNumber(ms / HOUR_MS)} h` : `${formatNumber(ms / 24 / HOUR_MS)} days`;
}

export const MIB: number = 2 ** 20;
const BYTE_UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `512 bytes`, `1.5 GiB` */
export function formatBytes(bytes: number): string {
  const unit = bytes < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${formatNumber(bytes / 1024 ** unit)} ${BYTE_UNITS[unit]}`;
}

/** `120/s`, `12.5 k/s`; with what is counted, `1,250 logins/s`. */
export function formatRate(perSecond: number, what?: string): string {
  if (what !== undefined) return `${formatNumber(perSecond)} ${what}/s`;
  if (perSecond >= 1e6) return `${formatNumber(perSecond / 1e6)} M/s`;
  return perSecond >= 1e4 ? `${formatNumber(perSecond / 1e3)} k/s` : `${formatNumber(perSecond)}/s`;
}
