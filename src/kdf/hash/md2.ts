/** MD2. RFC 1319. */
import { decodeHex } from '../../encoding/hex.js';

const BLOCK = 16;
const ROUNDS = 18;
/** 0 to 255 in an order that the digits of π give. RFC 1319 §3.2. */
const ORDER =
  '292e43c9a2d87c013d3654a1ecf0061362a705f3c0c7738c98932bd9bc4c82ca1e9b573cfdd4e01667426f188a17e512be4ec4d6da9ede49a0fbf58ebb2fee7aa968799115b2073f94c210890b225f21807f5d9a5a903227353ecce7bff79703ff1930b348a5b5d1d75e922aac56aac64fb838d296a47db676fc6be29c7404f1459d705964718720865bcf65e62da8021b6025adaeb0b9f61c46616934407e0f5547a323dd51af3ac35cf9cebac5ea262c530d6e85288409d3dfcdf441814d526adc37c86cc1abfa24e17b080cbdb14a7888958be363e86de9cbd5fe3b001d39f2efb70e6658d0e4a67772f8eb754b0a314450b48fed1f1adb998d339f118314';

let table: Uint8Array | undefined;

export function md2(message: Uint8Array): Uint8Array {
  table ??= decodeHex(ORDER, 0, ORDER.length, 'S');
  const S = table;
  const pad = BLOCK - (message.length % BLOCK);
  const blocks = new Uint8Array(message.length + pad + BLOCK);
  blocks.set(message);
  blocks.fill(pad, message.length, message.length + pad);
  appendChecksum(blocks, S);

  const X = new Uint8Array(3 * BLOCK);
  for (let at = 0; at < blocks.length; at += BLOCK) {
    for (let i = 0; i < BLOCK; i++) {
      const byte = blocks[at + i] as number;
      X[BLOCK + i] = byte;
      X[2 * BLOCK + i] = byte ^ (X[i] as number);
    }
    let t = 0;
    for (let round = 0; round < ROUNDS; round++) {
      for (let i = 0; i < X.length; i++) {
        t = (X[i] as number) ^ (S[t] as number);
        X[i] = t;
      }
      t = (t + round) & 0xff;
    }
  }
  const hash = X.slice(0, BLOCK);
  X.fill(0);
  blocks.fill(0);
  return hash;
}

/** Fills the last block. RFC 1319 §3.2. */
function appendChecksum(blocks: Uint8Array, S: Uint8Array): void {
  const sum = blocks.subarray(blocks.length - BLOCK);
  let last = 0;
  for (let i = 0; i < blocks.length - BLOCK; i++) {
    last = (sum[i % BLOCK] as number) ^ (S[(blocks[i] as number) ^ last] as number);
    sum[i % BLOCK] = last;
  }
}
