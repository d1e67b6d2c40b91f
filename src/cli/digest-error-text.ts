/** A rejected digest as lines: code, what and where, what to do. */
import type { DigestError } from '../index.js';
import { wrapped } from '../present/table.js';
import { NUMBERED_WIDTH } from './terminal.js';

export function errorLines({ code, message, field, offset, fix, hint }: DigestError): string[] {
  const place = field === undefined ? '' : `  in ${field}${offset === undefined ? '' : `, offset ${offset}`}`;
  const lines = [`rejected  ${code}${place}`, ...wrapped(message, NUMBERED_WIDTH, '  ')];
  if (fix !== undefined) lines.push(...wrapped(`fix: ${fix}`, NUMBERED_WIDTH, '  '));
  if (hint !== undefined) lines.push(...wrapped(`hint: ${hint}`, NUMBERED_WIDTH, '  '));
  return lines;
}
