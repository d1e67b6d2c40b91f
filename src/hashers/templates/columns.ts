/** Formats whose salt is in another column of the row, or after a colon. */
import { hex, type Layout, layout, mark, oneOf, optional, text } from '../../layout/index.js';
import type { CompanionField } from '../format.js';

/** A hash in hexadecimal, and its salt after a colon where no column has it. */
export function saltedHex(bytes: number): Layout {
  const hash = hex('hash', bytes);
  return oneOf(
    layout`${hash}${optional`:${text('salt', { min: 1 })}`}`,
    layout`${hash}:${text('salt', { min: 0, max: 0 })}${mark('salted', 'no')}`,
  );
}

/** The salt's column: its text is hashed as it is. */
export const saltColumn: Readonly<Record<'salt', CompanionField>> = { salt: { field: text('salt', { min: 0 }) } };

export const usernameColumn: Readonly<Record<'username', CompanionField>> = {
  username: { field: text('username', { min: 1 }) },
};

/** A secret of the site, which no row has. */
export const pepperOfSite: Readonly<Record<'pepper', CompanionField>> = {
  pepper: { field: text('pepper', { min: 1 }) },
};
