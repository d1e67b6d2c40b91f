/** Numbers and texts of strangers, as they may be shown. */
import { displayText } from '../encoding/display.js';

/** As `displayText`; a longer text is cut off. */
export function harmless(text: string, maxChars = 40): string {
  // A long text is not worth the search.
  const cut = text.length > maxChars ? `${text.slice(0, maxChars - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
  return displayText(cut);
}

/** `1,200,000` */
export function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1.2M`, in as few characters. */
export function compact(value: number, digits = 3): string {
  return value.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: digits });
}

/** `73.9 %` */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
}
