/** Formats whose salt is in another column of the row, or after a colon. */
import { hex, type Layout, layout, optional, text } from '../../layout/index.js';
import type { CompanionField } from '../format.js';

const salt = text('salt', { min: 0 });

/** A hash in hexadecimal, and its salt after a colon where no column has it. */
export function saltedHex(bytes: number): Layout {
  return layout`${hex('hash', bytes)}${optional`:${salt}`}`;
}

/** The salt's column: its text is hashed as it is. */
export const saltColumn: Readonly<Record<'salt', CompanionField>> = { salt: { field: salt } };

export const usernameColumn: Readonly<Record<'username', CompanionField>> = {
  username: { field: text('username', { min: 1 }) },
};

/** A secret of the site, which no row has. */
export const pepperOfSite: Readonly<Record<'pepper', CompanionField>> = {
  pepper: { field: text('pepper', { min: 1 }) },
};
