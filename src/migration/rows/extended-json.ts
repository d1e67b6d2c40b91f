/**
 * Values of MongoDB's extended JSON, in its canonical, its relaxed and its older form.
 * https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/
 */
import { isRecord, parseJson, quoteLongNumbers } from '../../encoding/json.js';

/** Of these the text is the value. */
const TEXTS = [
  ...['$oid', '$uuid', '$symbol', '$numberLong', '$numberInt', '$numberDouble', '$numberDecimal', '$date'],
];
/** Digests and ids are shorter. */
const MAX_BASE64 = 8192;

/** The text of such a value; empty for any other structure, and for null. */
export function extendedText(value: unknown): string {
  if (!isRecord(value)) return '';
  for (const name of TEXTS) {
    if (!Object.hasOwn(value, name)) continue;
    const inner = value[name];
    if (typeof inner === 'string' || typeof inner === 'number') return String(inner);
    // { "$date": { "$numberLong": "…" } }
    return isRecord(inner) && typeof inner['$numberLong'] === 'string' ? inner['$numberLong'] : '';
  }
  return binaryText(value['$binary']);
}

/** Bytes as text where they are printable ASCII, else in hexadecimal: `{ "$binary": { "base64": … } }`. */
function binaryText(binary: unknown): string {
  const base64 = isRecord(binary) ? binary['base64'] : binary;
  if (typeof base64 !== 'string' || base64.length > MAX_BASE64 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return '';
  const bytes = Buffer.from(base64, 'base64');
  const text = bytes.toString('latin1');
  return /^[\x20-\x7e]*$/.test(text) ? text : bytes.toString('hex');
}

const MAYBE = /^\{\s*"(?:\$|\\)/;

/** The same of a structure that is not parsed yet. */
export function readExtended(source: string): string {
  return MAYBE.test(source) ? extendedText(parseJson(quoteLongNumbers(source))) : '';
}
