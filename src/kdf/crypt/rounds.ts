/**
 * The rounds of MD5-crypt and SHA-crypt: h = H(message), where round i decides whether the message begins or ends with h,
 * and whether it has salt and password in between. There are eight of these messages, of which only h changes.
 */
import { concat } from '../../encoding/bytes.js';
import type { ChainedHash } from '../../jobs.js';
import type { LoopMessage } from '../message-loop.js';
import type { CryptHashes, CryptSlices } from './contract.js';

/** The order of messages repeats after 2·3·7 rounds. */
export const PERIOD = 42;
/** Bytes a slice: about a millisecond in JavaScript. */
const SLICE_BYTES = 32_768;
/** Of padding and call, in bytes of a message that take as long. */
const CALL_BYTES = 64;

/** Which of the eight messages round i hashes. */
export function chooseMessage(i: number): number {
  return (i & 1) | (i % 3 === 0 ? 0 : 2) | (i % 7 === 0 ? 0 : 4);
}

/** The lengths of the eight messages. */
export function measureMessages(passwordBytes: number, saltBytes: number, digestBytes: number): number[] {
  return Array.from(
    { length: 8 },
    (_, kind) => digestBytes + passwordBytes + (kind & 2 ? saltBytes : 0) + (kind & 4 ? passwordBytes : 0),
  );
}

/** @param digestBytes of h. */
export function createMessages(password: Uint8Array, salt: Uint8Array, digestBytes: number): LoopMessage[] {
  const h = new Uint8Array(digestBytes);
  const empty = new Uint8Array();
  return Array.from({ length: 8 }, (_, kind) => {
    const between = [kind & 2 ? salt : empty, kind & 4 ? password : empty] as const;
    const isOdd = (kind & 1) === 1;
    const bytes = isOdd ? concat(password, ...between, h) : concat(h, ...between, password);
    return { bytes, at: isOdd ? bytes.length - digestBytes : 0 };
  });
}

export function* runRounds(
  { hash }: CryptHashes,
  algorithm: ChainedHash,
  first: Uint8Array,
  messages: readonly LoopMessage[],
  rounds: number,
): CryptSlices {
  let h = first;
  let bytes = 0;
  try {
    for (let i = 0; i < rounds; i++) {
      const message = messages[chooseMessage(i)] as LoopMessage;
      message.bytes.set(h, message.at);
      h = hash(algorithm, message.bytes);
      bytes += message.bytes.length + CALL_BYTES;
      if (bytes < SLICE_BYTES) continue;
      bytes = 0;
      yield;
    }
    return h;
  } finally {
    for (const message of messages) message.bytes.fill(0);
  }
}

/** Of the parts one after the other. */
export function hashParts({ hash }: CryptHashes, algorithm: ChainedHash, parts: readonly Uint8Array[]): Uint8Array {
  const message = concat(...parts);
  try {
    return hash(algorithm, message);
  } finally {
    message.fill(0);
  }
}

/** `bytes` again and again, up to a length; at least one byte where the length is not 0. */
export function repeatTo(length: number, bytes: Uint8Array): Uint8Array {
  const repeated = new Uint8Array(length);
  repeated.set(bytes.subarray(0, length));
  for (let done = bytes.length; done < length; done *= 2) repeated.copyWithin(done, 0, done);
  return repeated;
}

export function reorder(bytes: Uint8Array, order: readonly number[]): Uint8Array {
  return Uint8Array.from(order, (index) => bytes[index] as number);
}
