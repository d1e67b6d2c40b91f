/** Ids in the forms of platforms. */
import type { Pieces } from '../random.js';

/** Random UUIDs of RFC 9562 in their form. */
export function uuids({ unique }: Pieces): (row: number) => string {
  return (row) => {
    const hex = unique('hex', 30, row);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18)}`;
  };
}

/** ObjectIds of MongoDB. */
export function objectIds({ unique }: Pieces): (row: number) => string {
  return (row) => unique('hex', 24, row);
}
