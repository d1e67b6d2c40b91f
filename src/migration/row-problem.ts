/** Why a record could not be read, and the sentence for it. */
import { MAX_RECORD_SIZE } from './record-size.js';

export type RowProblem =
  | { readonly code: 'not-an-object'; readonly where: 'line' | 'value' }
  /** What is in the row, with the records that it takes in. */
  | { readonly code: 'several-records'; readonly records: number }
  | {
      readonly code: 'too-many-fields' | 'too-few-fields';
      readonly format: 'csv' | 'colons' | 'sql';
      readonly fields: number;
      /** Of the header, or of the first line. */
      readonly expected: number;
    }
  | { readonly code: 'no-colon' }
  | { readonly code: 'text-after-quote' }
  | { readonly code: 'not-an-attribute' }
  /** `attribute`: only where it is one of the standard schema; another may be a piece of something else. */
  | { readonly code: 'not-base64'; readonly attribute: string | undefined }
  | { readonly code: 'no-dn' }
  /** Of LDIF: it modifies, deletes or renames an entry. */
  | { readonly code: 'change-record' }
  | { readonly code: 'row-too-long' | 'not-utf8' | 'expression' };

export function countFields(format: 'csv' | 'colons' | 'sql', fields: number, expected: number): RowProblem {
  return { code: fields > expected ? 'too-many-fields' : 'too-few-fields', format, fields, expected };
}

export function describeRowProblem(problem: RowProblem): string {
  switch (problem.code) {
    case 'not-an-object':
      return `the ${problem.where} is not a JSON object`;
    case 'several-records':
      return `the value is not valid JSON, and seems to take in ${problem.records} records: escape the quotes within texts`;
    case 'too-many-fields':
    case 'too-few-fields':
      return describeFieldCount(problem);
    case 'no-colon':
      return 'the line has no colon';
    case 'text-after-quote':
      return 'text after the closing quote of a value: write a quote within a value twice';
    case 'not-an-attribute':
      return 'a line of the entry is not an attribute with a value';
    case 'not-base64':
      return `the value of ${problem.attribute ?? 'an attribute'} is not Base64 of text`;
    case 'no-dn':
      return 'the entry has no dn: it is cut off, or contains a blank line';
    case 'change-record':
      return 'the record changes an entry, which only a directory can apply: export the entries themselves';
    case 'row-too-long':
      return `the row is longer than ${MAX_RECORD_SIZE} bytes`;
    case 'not-utf8':
      return 'a value of the row is not UTF-8: export it as UTF-8, and bytes as hexadecimal';
    case 'expression':
      return 'a value of the row is an expression, which only a database can evaluate';
  }
}

function describeFieldCount({ code, format, fields, expected }: Extract<RowProblem, { fields: number }>): string {
  if (format === 'colons') {
    return `the line has ${fields} ${fields === 1 ? 'field' : 'fields'} between colons, the first line has ${expected}`;
  }
  if (format === 'sql') {
    return `the row has ${fields} ${fields === 1 ? 'value' : 'values'}, the table has ${expected} columns`;
  }
  const why =
    code === 'too-many-fields'
      ? 'a value that contains a delimiter, such as an argon2 digest, needs quotes'
      : 'the row is cut off';
  return `the row has ${fields} fields, the header has ${expected}: ${why}`;
}
