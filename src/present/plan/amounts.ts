/** Amounts that all parts of a plan show. */
import { formatRate } from '../quantity.js';

export function formatFact(name: string, value: string): string {
  return `  ${name.padEnd(24)}${value}`;
}

export function formatLogins(perSecond: number): string {
  return formatRate(perSecond, 'logins');
}
