/** Loops of hashes over messages that differ in the place of h alone, by WebAssembly: several passwords at once. */
import type { ChainedHash } from '../jobs.js';
import { type Kernels, loadKernel } from '../kernels/load.js';
import { type MessageLoopLayout, messageLoopLayout, WORK_AT } from '../kernels/message-loop-layout.js';
import type { KernelName } from '../kernels/names.js';
import type { Slices } from './contract.js';
import { readLane, writeLane } from './lane-bytes.js';

/** A message, and the place of h in it. */
export interface LoopMessage {
  readonly bytes: Uint8Array;
  readonly at: number;
}

/** What one lane computes. Its messages take as many blocks as those of the others. */
export interface Loop {
  /** The first h. */
  readonly first: Uint8Array;
  readonly messages: readonly LoopMessage[];
}

interface LoopKernels extends Kernels {
  readonly layout: MessageLoopLayout;
}

/** From few lanes to many. */
const KERNELS: { readonly [A in ChainedHash]: readonly (readonly [KernelName, number])[] } = {
  md5: [
    ['loopMd5x1', 1],
    ['loopMd5x4', 4],
    ['loopMd5x8', 8],
  ],
  sha1: [
    ['loopSha1x1', 1],
    ['loopSha1x4', 4],
  ],
  sha256: [
    ['loopSha256x1', 1],
    ['loopSha256x4', 4],
  ],
  sha512: [
    ['loopSha512x1', 1],
    ['loopSha512x2', 2],
    ['loopSha512x3', 3],
  ],
};
/** Compressions a slice: about 1 ms. */
const SLICE: { readonly [A in ChainedHash]: number } = { md5: 4096, sha1: 2048, sha256: 1536, sha512: 1536 };

export function countLoopLanes(algorithm: ChainedHash): number {
  return (KERNELS[algorithm].at(-1) as readonly [KernelName, number])[1];
}

/** Blocks of a message with its padding: a byte 0x80, and the length in two words. RFC 1321 §3.1, FIPS 180-4 §5.1. */
export function countBlocks(algorithm: ChainedHash, bytes: number): number {
  return paddedBlocks(messageLoopLayout(algorithm, 1), bytes);
}

function paddedBlocks({ wordBytes, blockBytes }: MessageLoopLayout, bytes: number): number {
  return Math.ceil((bytes + 1 + 2 * wordBytes) / blockBytes);
}

/** Whether messages of these lengths fit into the memory of a lane. */
export function fitsLoop(algorithm: ChainedHash, lengths: readonly number[]): boolean {
  const layout = messageLoopLayout(algorithm, 1);
  const blocks = lengths.reduce((sum, length) => sum + paddedBlocks(layout, length), 0);
  return blocks * layout.blockBytes <= layout.messageBytes;
}

/** More loops than lanes are done one batch after the other. */
export type RunLoops = (loops: readonly Loop[], order: readonly number[], rounds: number) => Slices;

/** @param load of the kernels; another one in tests. */
export async function loadLoops(algorithm: ChainedHash, load: typeof loadKernel = loadKernel): Promise<RunLoops> {
  const kernels: LoopKernels[] = await Promise.all(
    KERNELS[algorithm].map(async ([name, lanes]) => {
      const layout = messageLoopLayout(algorithm, lanes);
      return { ...(await load(name, layout.end)), layout };
    }),
  );
  const most = countLoopLanes(algorithm);

  return function* runLoops(loops, order, rounds) {
    const hashes: Uint8Array[] = [];
    for (let from = 0; from < loops.length; from += most) {
      const some = loops.slice(from, from + most);
      const fitting = kernels.find(({ layout }) => layout.lanes >= some.length) as LoopKernels;
      hashes.push(...(yield* run(SLICE[algorithm], fitting, some, order, rounds)));
    }
    return hashes;
  };
}

function* run(
  compressions: number,
  kernels: LoopKernels,
  loops: readonly Loop[],
  order: readonly number[],
  rounds: number,
): Slices {
  const { layout } = kernels;
  const { hAt, entriesAt, entryBytes, digestBytes } = layout;
  const kernel = kernels.enter();
  const memory = new Uint8Array(kernel.memory.buffer);
  try {
    const entries = writeMessages(memory, layout, loops);
    for (let i = 0; i < order.length; i++) {
      memory.set(entries[order[i] as number] as Uint8Array, entriesAt + i * entryBytes);
    }
    for (const [lane, { first }] of loops.entries()) writeLane(memory, layout, hAt, lane, first);
    const longest = Math.max(...(loops[0] as Loop).messages.map(({ bytes }) => paddedBlocks(layout, bytes.length)));
    const slice = Math.max(1, Math.floor(compressions / longest));
    const end = entriesAt + order.length * entryBytes;
    for (let done = 0; done < rounds; done += slice) {
      const entry = entriesAt + (done % order.length) * entryBytes;
      kernel.functions['rounds']?.(Math.min(slice, rounds - done), entry, end);
      yield;
    }
    return loops.map((_, lane) => readLane(memory, layout, hAt, lane, digestBytes));
  } finally {
    memory.fill(0, WORK_AT, layout.end);
    kernels.leave(kernel);
  }
}

/** @returns for each message what the kernel needs to know of it: see `entriesAt` of the layout. */
function writeMessages(memory: Uint8Array, layout: MessageLoopLayout, loops: readonly Loop[]): Uint8Array[] {
  const { messagesAt, laneStride, blockBytes, digestBytes, bigEndian, lanes } = layout;
  const entries: Uint8Array[] = [];
  let from = messagesAt;
  for (const [index, { bytes: model }] of (loops[0] as Loop).messages.entries()) {
    const length = paddedBlocks(layout, model.length) * blockBytes;
    // Of a message kept backwards the first block is the last one.
    const entry = bigEndian ? [from + length - blockBytes, from - blockBytes] : [from, from + length];
    for (let lane = 0; lane < lanes; lane++) {
      // Lanes without a job hash the first one's message without its bytes.
      const message = loops[lane]?.messages[index];
      const start = from + lane * laneStride;
      const at = message?.at ?? 0;
      entry.push(bigEndian ? start + length - at - digestBytes : start + at);
      if (message !== undefined) writeMessage(memory.subarray(start, start + length), message.bytes, bigEndian);
    }
    entries.push(littleEndian32(entry));
    from += length;
  }
  return entries;
}

function littleEndian32(words: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: 4 * words.length }, (_, i) => (words[i >> 2] as number) >> (8 * (i & 3)));
}

/** With its padding, in memory that is zero. */
function writeMessage(memory: Uint8Array, bytes: Uint8Array, bigEndian: boolean): void {
  const { length } = memory;
  memory.set(bytes);
  memory[bytes.length] = 0x80;
  const view = new DataView(memory.buffer, memory.byteOffset, length);
  view.setBigUint64(length - 8, 8n * BigInt(bytes.length), !bigEndian);
  if (bigEndian) memory.reverse();
}
