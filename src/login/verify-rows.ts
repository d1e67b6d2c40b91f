/**
 * Many verifications, in the order that they are asked for, with a bounded number of them read and not yet delivered.
 * Nothing is read before the consumer asks for a verdict.
 */
import { describeReceived } from '../encoding/received.js';
import { closedError, type Life } from '../engine/life.js';
import { digestError } from '../errors.js';
import { onAbort } from '../kdf/abort.js';
import type { Verdict } from '../types.js';
import type { ManyInput, ManyOutput } from './many.js';
import { type RowVerification, retryWhenFull } from './retry-when-full.js';

const CONCURRENCY = 64;

type RowSource<Input> = Iterable<Input> | AsyncIterable<Input>;
export type Take<Input> = (input: Input) => RowVerification;

/** A row between its source and its consumer. */
interface Slot<Input> {
  readonly input: Input;
  verdict?: Verdict;
  failure?: { readonly error: unknown };
}

interface RowsOptions {
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Of the verifier: at its end no more is read. */
  readonly life?: Pick<Life, 'onEnd'> | undefined;
}

/** @throws {TypeError} if `rows` cannot be iterated, or on an invalid concurrency. */
export function verifyRows<Input extends ManyInput>(
  rows: RowSource<Input>,
  { concurrency = CONCURRENCY, signal, life }: RowsOptions,
  maxQueue: number,
  take: Take<Input>,
): AsyncIterableIterator<ManyOutput<Input>> {
  if (!(Number.isSafeInteger(concurrency) && concurrency > 0)) {
    throw new TypeError('verifyMany: concurrency must be a positive integer');
  }
  const iterate = iteratorMaker(rows);
  const width = Math.min(concurrency, maxQueue);
  const halt = new AbortController();
  const verifyOne = retryWhenFull(take, halt.signal);
  const slots: Slot<Input>[] = [];
  /** The consumer wants no more of it. */
  let stopped = false;
  let closed = false;
  let reading = false;
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  let wake = () => {};
  // A race between promises would keep a reaction on the longest of them for every row.
  const change = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });

  async function read(source: Source<Input>): Promise<void> {
    reading = true;
    try {
      const { done, value } = await source.next();
      if (done) ended = true;
      else begin(await value);
    } catch (error) {
      ended = true;
      failure = { error };
    }
    reading = false;
    wake();
  }

  function begin(input: Input): void {
    if (halt.signal.aborted) return;
    const slot: Slot<Input> = { input };
    slots.push(slot);
    verifyOne(input)
      .then(
        (verdict) => {
          slot.verdict = verdict;
        },
        (error: unknown) => {
          slot.failure = { error };
        },
      )
      .then(() => wake());
  }

  function abort(): void {
    halt.abort();
    wake();
  }

  function endLife(): void {
    closed = true;
    wake();
  }

  async function* deliver(): AsyncGenerator<ManyOutput<Input>, undefined> {
    const forget = signal === undefined ? () => {} : onAbort(signal, abort);
    const forgetLife = life?.onEnd(endLife);
    if (signal?.aborted) abort();
    let source: Source<Input> | undefined;
    try {
      source = iterate();
      while (!stopped) {
        const [head] = slots;
        if (head?.failure !== undefined) throw head.failure.error;
        if (head?.verdict !== undefined) {
          slots.shift();
          yield { input: head.input, verdict: head.verdict };
          continue;
        }
        const open = !ended && !closed && !halt.signal.aborted;
        if (open && !reading && slots.length < width) read(source);
        if (head === undefined && !open) break;
        await change();
      }
      if (stopped) return;
      if (failure !== undefined) throw failure.error;
      // Else a consumer would take it for the end of the rows.
      if (!ended && closed) throw closedError();
      if (!ended) throw digestError('ERR_ABORTED', 'verifyMany was aborted before the last row');
    } finally {
      forget();
      forgetLife?.();
      halt.abort();
      if (!ended && source !== undefined) await close(source, reading);
    }
  }

  function stop(): void {
    stopped = true;
    abort();
  }

  const output = deliver();
  return {
    next: () => output.next(),
    // The generator alone would only hear of it when what it waits for has come.
    return(value) {
      stop();
      return output.return(value);
    },
    throw(error) {
      stop();
      return output.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

type Source<Input> = Iterator<Input | PromiseLike<Input>> | AsyncIterator<Input>;

function iteratorMaker<Input>(rows: RowSource<Input>): () => Source<Input> {
  if (rows !== null && typeof rows === 'object') {
    if (Symbol.asyncIterator in rows) return () => rows[Symbol.asyncIterator]();
    if (Symbol.iterator in rows) return () => rows[Symbol.iterator]();
  }
  throw new TypeError(`verifyMany: rows must be an iterable or an async iterable (received ${describeReceived(rows)})`);
}

/** A source that is in the middle of a read may never come back from it: it is closed without waiting. */
async function close(source: Source<unknown>, reading: boolean): Promise<void> {
  const closed = Promise.resolve(source.return?.());
  if (reading) closed.catch(() => {});
  else await closed;
}
