/** GOST R 34.11-2012, "Streebog", of 256 and of 512 bits. RFC 6986. */
import { decodeHex } from '../../encoding/hex.js';
import { type ByteMatrix, createByteMatrix, ROWS } from './byte-matrix.js';

const BLOCK = 64;
const WORDS = 16;
/** The substitution π. RFC 6986 §6.2. */
const PI =
  'fceedd11cf6e3116fbc4fada23c5044de977f0db932e99ba1736f1bb14cd5fc1f918655ae25cef21811c3c428b018e4f058402aee36a8fa0060bed987fd4d31feb342c51eac848abf22a68a2fd3aceccb5700e56080c7612bf7213479cb75d8715a19629107b9ac7f391786f9d9eb2b13275193dff358a7e6d54c680c3bd0d57dff524a93ea843c9d779d6f67c22b903e00fecde7a94b0bcdce828504e330a4aa79760731e0062441ab83882649f2641ad454692275e552f8ca3a57d69d5953b0758b34086ac1df730376be488d9e789e11b83494c3ff8fe8d53aa90cad88561207167a42d2b095bcb9b25d0bee56c5259a674d2e6f4b4c0d166afc2394b63b6';
/** Every eighth row of the matrix A: the others are these, doubled in GF(2^8). RFC 6986 §6.4. */
const A = [
  '641c314b2b8ee083',
  'a48b474f9ef5dc18',
  'f97d86d98a327728',
  '5b068c651810a89e',
  '0321658cba93c138',
  'accc9ca9328a8950',
  '46b60f011a83988e',
  '83478b07b2468764',
];
/** The constants of the twelve rounds. RFC 6986 §6.5. */
const C = [
  'b1085bda1ecadae9ebcb2f81c0657c1f2f6a76432e45d016714eb88d7585c4fc4b7ce09192676901a2422a08a460d31505767436cc744d23dd806559f2a64507',
  '6fa3b58aa99d2f1a4fe39d460f70b5d7f3feea720a232b9861d55e0f16b501319ab5176b12d699585cb561c2db0aa7ca55dda21bd7cbcd56e679047021b19bb7',
  'f574dcac2bce2fc70a39fc286a3d843506f15e5f529c1f8bf2ea7514b1297b7bd3e20fe490359eb1c1c93a376062db09c2b6f443867adb31991e96f50aba0ab2',
  'ef1fdfb3e81566d2f948e1a05d71e4dd488e857e335c3c7d9d721cad685e353fa9d72c82ed03d675d8b71333935203be3453eaa193e837f1220cbebc84e3d12e',
  '4bea6bacad4747999a3f410c6ca923637f151c1f1686104a359e35d7800fffbdbfcd1747253af5a3dfff00b723271a167a56a27ea9ea63f5601758fd7c6cfe57',
  'ae4faeae1d3ad3d96fa4c33b7a3039c02d66c4f95142a46c187f9ab49af08ec6cffaa6b71c9ab7b40af21f66c2bec6b6bf71c57236904f35fa68407a46647d6e',
  'f4c70e16eeaac5ec51ac86febf240954399ec6c7e6bf87c9d3473e33197a93c90992abc52d822c3706476983284a05043517454ca23c4af38886564d3a14d493',
  '9b1f5b424d93c9a703e7aa020c6e41414eb7f8719c36de1e89b4443b4ddbc49af4892bcb929b069069d18d2bd1a5c42f36acc2355951a8d9a47f0dd4bf02e71e',
  '378f5a541631229b944c9ad8ec165fde3a7d3a1b258942243cd955b7e00d0984800a440bdbb2ceb17b2b8a9aa6079c540e38dc92cb1f2a607261445183235adb',
  'abbedea680056f52382ae548b2e4f3f38941e71cff8a78db1fffe18a1b3361039fe76702af69334b7a1e6c303b7652f43698fad1153bb6c374b4c7fb98459ced',
  '7bcd9ed0efc889fb3002c6cd635afe94d8fa6bbbebab076120018021148466798a1d71efea48b9caefbacd1d7d476e98dea2594ac06fd85d6bcaa4cd81f32d1b',
  '378ee767f11631bad21380b00449b17acda43c32bcdf1d77f82012d430219f9b5d80ef9d1891cc86e71da4aa88e12852faf417d5d9b21b9948bc924af11bd720',
];

interface Tables {
  readonly matrix: ByteMatrix;
  readonly constants: readonly Int32Array[];
}
let made: Tables | undefined;

export function streebog256(message: Uint8Array): Uint8Array {
  return streebog(message, 1).subarray(BLOCK / 2);
}

export function streebog512(message: Uint8Array): Uint8Array {
  return streebog(message, 0);
}

/** @param iv each byte of the first state. */
function streebog(message: Uint8Array, iv: number): Uint8Array {
  made ??= {
    matrix: createByteMatrix(decode(PI), A.map(decodeReversed)),
    constants: C.map((text) => readWords(decodeReversed(text), 0)),
  };
  const h = readWords(new Uint8Array(BLOCK).fill(iv), 0);
  const N = new Int32Array(WORDS);
  const sum = new Int32Array(WORDS);
  let at = 0;
  for (; at + BLOCK <= message.length; at += BLOCK) {
    const m = readWords(message, at);
    compress(h, N, m, made);
    N[0] = (N[0] as number) + 8 * BLOCK;
    add(sum, m);
  }
  // A message of 2^32 bits would need the carry of N: no message here is that long.
  const rest = message.length - at;
  const last = new Uint8Array(BLOCK);
  last.set(message.subarray(at));
  last[rest] = 1;
  const m = readWords(last, 0);
  compress(h, N, m, made);
  N[0] = (N[0] as number) + 8 * rest;
  add(sum, m);
  const zero = new Int32Array(WORDS);
  compress(h, zero, N, made);
  compress(h, zero, sum, made);
  for (const secret of [m, sum, last, mixed]) secret.fill(0);
  const hash = new Uint8Array(BLOCK);
  for (let i = 0; i < BLOCK; i++) hash[i] = (h[i >> 2] as number) >>> (8 * (i & 3));
  return hash;
}

/** h ← E(LPS(h ⊕ N), m) ⊕ h ⊕ m. RFC 6986 §8. */
function compress(h: Int32Array, N: Int32Array, m: Int32Array, { matrix, constants }: Tables): void {
  const K = new Int32Array(WORDS);
  const state = m.slice();
  transform(h, N, K, matrix);
  for (const constant of constants) {
    transform(state, K, state, matrix);
    transform(K, constant, K, matrix);
  }
  for (let i = 0; i < WORDS; i++) {
    h[i] = (h[i] as number) ^ (m[i] as number) ^ (state[i] as number) ^ (K[i] as number);
  }
  state.fill(0);
}

const mixed = new Uint8Array(BLOCK);

/** out ← LPS(a ⊕ b). Byte j of row i goes to row j, where column i of the matrix multiplies it. RFC 6986 §7. */
function transform(a: Int32Array, b: Int32Array, out: Int32Array, matrix: ByteMatrix): void {
  for (let i = 0; i < WORDS; i++) {
    const word = (a[i] as number) ^ (b[i] as number);
    mixed[4 * i] = word;
    mixed[4 * i + 1] = word >>> 8;
    mixed[4 * i + 2] = word >>> 16;
    mixed[4 * i + 3] = word >>> 24;
  }
  for (let row = 0; row < ROWS; row++) {
    let low = 0;
    let high = 0;
    for (let column = 0; column < ROWS; column++) {
      const at = (256 * column + (mixed[ROWS * column + row] as number)) * 2;
      low ^= matrix[at] as number;
      high ^= matrix[at + 1] as number;
    }
    out[2 * row] = low;
    out[2 * row + 1] = high;
  }
}

/** sum ← sum + m mod 2^512. */
function add(sum: Int32Array, m: Int32Array): void {
  let carry = 0;
  for (let i = 0; i < WORDS; i++) {
    const total = ((sum[i] as number) >>> 0) + ((m[i] as number) >>> 0) + carry;
    sum[i] = total;
    carry = total > 0xffffffff ? 1 : 0;
  }
}

function readWords(bytes: Uint8Array, at: number): Int32Array {
  const words = new Int32Array(WORDS);
  for (let i = 0; i < BLOCK; i++) {
    words[i >> 2] = (words[i >> 2] as number) | ((bytes[at + i] as number) << (8 * (i & 3)));
  }
  return words;
}

function decode(text: string): Uint8Array {
  return decodeHex(text, 0, text.length, 'table');
}

/** The standard writes its numbers with the last byte first. */
function decodeReversed(text: string): Uint8Array {
  return decode(text).reverse();
}
