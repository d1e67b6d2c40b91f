/**
 * Where the parts of a password are in the bytes of a user's credentials, as a realm has them: a list of one object, its
 * data as JSON within a text. What is written otherwise is read as text.
 *
 *     [{"id":"…","type":"password","createdDate":1,
 *       "secretData":"{\"value\":\"b64\",\"salt\":\"b64\",\"additionalParameters\":{}}","credentialData":"{…}"}]
 */
import { Buffer } from 'node:buffer';
import type { DigestParts } from './contract.js';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const SPACE = 32;

const TYPE = Buffer.from('type');
const PASSWORD = Buffer.from('password');
const SECRET = Buffer.from('secretData');
const DATA = Buffer.from('credentialData');
/** Of these nothing depends. Others, among them those of the older form, are left to the text. */
const OTHERS = ['id', 'userLabel', 'createdDate', 'priority'].map((name) => Buffer.from(name));
const VALUE = Buffer.from('{\\"value\\":\\"');
const SALT = Buffer.from('\\",\\"salt\\":\\"');
const ENDS = ['\\"}"', '\\",\\"additionalParameters\\":{}}"'].map((end) => Buffer.from(end));

/** @param bytes valid JSON in `[start, end)`. */
export function locateCredential(bytes: Buffer, start: number, end: number, parts: DigestParts): boolean {
  if (bytes[start] !== OPEN_LIST) return false;
  let at = skipSpace(bytes, start + 1);
  if (bytes[at] !== OPEN_OBJECT) return false;
  let hasSecret = false;
  let hasData = false;
  for (;;) {
    at = skipSpace(bytes, at + 1);
    if (bytes[at] !== QUOTE) return false;
    const name = at + 1;
    const nameEnd = endOfText(bytes, name);
    at = skipSpace(bytes, nameEnd + 1);
    if (bytes[at] !== COLON) return false;
    at = skipSpace(bytes, at + 1);
    if (isText(SECRET, bytes, name, nameEnd)) {
      const secretEnd = hasSecret || bytes[at] !== QUOTE ? -1 : locateSecret(bytes, at + 1, parts);
      if (secretEnd === -1) return false;
      hasSecret = true;
      at = secretEnd;
    } else {
      const isQuoted = bytes[at] === QUOTE;
      const value = isQuoted ? at + 1 : at;
      const valueEnd = isQuoted ? endOfText(bytes, value) : endOfScalar(bytes, at, end);
      if (isText(DATA, bytes, name, nameEnd)) {
        if (hasData || !isQuoted) return false;
        hasData = true;
        parts.key = value;
        parts.keyEnd = valueEnd;
      } else if (isText(TYPE, bytes, name, nameEnd)) {
        if (!isQuoted || !isText(PASSWORD, bytes, value, valueEnd)) return false;
      } else if (!isOther(bytes, name, nameEnd)) return false;
      at = isQuoted ? valueEnd + 1 : valueEnd;
    }
    at = skipSpace(bytes, at);
    if (bytes[at] === COMMA) continue;
    if (bytes[at] !== CLOSE_OBJECT) return false;
    at = skipSpace(bytes, at + 1);
    return bytes[at] === CLOSE_LIST && at === end - 1 && hasSecret && hasData;
  }
}

/** @returns the place after the text's quote; -1 where it is written otherwise. */
function locateSecret(bytes: Buffer, start: number, parts: DigestParts): number {
  if (!beginsWith(VALUE, bytes, start)) return -1;
  parts.hash = start + VALUE.length;
  parts.hashEnd = endOfBase64(bytes, parts.hash);
  if (parts.hashEnd === parts.hash || !beginsWith(SALT, bytes, parts.hashEnd)) return -1;
  parts.salt = parts.hashEnd + SALT.length;
  parts.saltEnd = endOfBase64(bytes, parts.salt);
  for (let i = 0; i < ENDS.length; i++) {
    const one = ENDS[i] as Uint8Array;
    if (beginsWith(one, bytes, parts.saltEnd)) return parts.saltEnd + one.length;
  }
  return -1;
}

/** At a backslash or a quote, of which there is one: the text is valid JSON. */
function endOfBase64(bytes: Buffer, start: number): number {
  let at = start;
  while (bytes[at] !== BACKSLASH && bytes[at] !== QUOTE) at++;
  return at;
}

function isOther(bytes: Buffer, start: number, end: number): boolean {
  for (let i = 0; i < OTHERS.length; i++) if (isText(OTHERS[i] as Uint8Array, bytes, start, end)) return true;
  return false;
}

/** The place of the quote after a text. */
function endOfText(bytes: Buffer, start: number): number {
  let at = start;
  while (bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** After a number or a word; at an object or a list, which are neither. */
function endOfScalar(bytes: Buffer, start: number, end: number): number {
  let at = start;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte <= SPACE || byte === COMMA || byte === CLOSE_OBJECT || byte === OPEN_OBJECT || byte === OPEN_LIST) break;
  }
  return at;
}

function skipSpace(bytes: Buffer, start: number): number {
  let at = start;
  while ((bytes[at] as number) <= SPACE) at++;
  return at;
}

function isText(text: Uint8Array, bytes: Buffer, start: number, end: number): boolean {
  return text.length === end - start && beginsWith(text, bytes, start);
}

function beginsWith(text: Uint8Array, bytes: Buffer, start: number): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return false;
  return true;
}
