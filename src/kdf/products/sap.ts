/** SAP NetWeaver's password codes B and G (CODVN). The user name is the salt. */
import { concat, utf8 } from '../../encoding/bytes.js';
import { decodeHex } from '../../encoding/hex.js';
import type { HashFunctions } from '../../jobs.js';

/** Letters of a user name, and of a password of code B. */
const USER_LETTERS = 12;
const PASSWORD_LETTERS = 8;
/** What code B makes of ASCII; of anything else it makes OTHER. */
const TRANSLATED =
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff3f4041504344454b47484d4e5451534635363738393a3b3c3d3e56555c495d4a420102030405060708090a0b0c0d0e0f101112131415161718191a585b59ff524c0102030405060708090a0b0c0d0e0f101112131415161718191a575e5a4fff';
const OTHER = 0xff;
/** Bytes that code B mixes in. */
const FILLERS = '1477f3d4bb7123d003ff479355aa6691f2886b99bfcb321a19d9a7822249a251e2b733718b9f5d014470ae11ef28f00d';
/** Bytes of which code G takes a part. */
const PARTS =
  '91ac51149f67544324e73be028747bc2863313eb5a4fcb5c080a73370e5d1c2f338fe6e5f89baedd16f24b8d2ce1d4dcb0cbdf9dd4706d17f94d423f9b1b11949f5bc19b06059d039d5e138a1e9a6ae8d97c141758c72af6a199630ad7fd70c3f65e741303c90b042698f7268a929325b0a20d23ed63796d1332fa3c35029aa3b3dd8e0a24bf51c37ccd559f37af944c29085282b23b4e379f170791113bfdcd';
const SHORTEST = 0x20;

/** The 8 bytes of code B. */
export function computeSapB(password: string, username: string, hashes: HashFunctions): Uint8Array<ArrayBuffer> {
  const p = translate(trimBlanks(password.toUpperCase().slice(0, PASSWORD_LETTERS)));
  const u = translate(trimBlanks(username.toUpperCase()).slice(0, USER_LETTERS));
  const first = hashes.hash('md5', concat(p, u));
  const mixed = mix(p, u, first);
  const second = hashes.hash('md5', mixed);
  const hash = new Uint8Array(8);
  for (let i = 0; i < hash.length; i++) hash[i] = (second[i] as number) ^ (second[i + 8] as number);
  for (const secret of [p, first, mixed, second]) secret.fill(0);
  return hash;
}

function translate(text: string): Uint8Array<ArrayBuffer> {
  const table = decodeHex(TRANSLATED, 0, TRANSLATED.length, 'table');
  return Uint8Array.from(text, (letter) => table[letter.codePointAt(0) as number] ?? OTHER);
}

/** Letters of both in turns, each pair followed by a filler and a zero; the first hash decides where more fillers are. */
function mix(password: Uint8Array, username: Uint8Array, hash: Uint8Array): Uint8Array<ArrayBuffer> {
  const fillers = decodeHex(FILLERS, 0, FILLERS.length, 'table');
  let length = SHORTEST;
  for (const i of [0, 1, 2, 3, 5]) length += (hash[i] as number) & 3;
  const mixed = new Uint8Array(length);
  let at = 0;
  let fromPassword = 0;
  let fromUser = 0;
  while (at < length) {
    if (fromPassword < password.length) {
      if (((hash[15 - fromPassword] as number) & 1) === 1) mixed[at++] = fillers[47 - fromPassword] as number;
      mixed[at++] = password[fromPassword++] as number;
    }
    if (fromUser < username.length) mixed[at++] = username[fromUser++] as number;
    mixed[at] = fillers[at - fromPassword - fromUser] as number;
    at += 2;
  }
  return mixed;
}

/** The 20 bytes of code G: SHA-1 of the password, a part of a table, and the user name. */
export function computeSapG(password: string, username: string, hashes: HashFunctions): Uint8Array {
  const table = decodeHex(PARTS, 0, PARTS.length, 'table');
  const p = utf8(trimBlanks(password));
  const u = utf8(trimBlanks(username.toUpperCase()));
  const first = hashes.hash('sha1', concat(p, u));
  let length = SHORTEST;
  let from = 0;
  for (let i = 0; i < 10; i++) {
    length += (first[i] as number) % 6;
    from += (first[10 + i] as number) % 8;
  }
  const message = concat(p, table.subarray(from, from + length), u);
  const hash = hashes.hash('sha1', message);
  for (const secret of [p, first, message]) secret.fill(0);
  return hash;
}

/** Blanks at the end do not count. */
function trimBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === ' ') end--;
  return text.slice(0, end);
}
