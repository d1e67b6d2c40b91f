/**
 * Many verifications, in the order that they are asked for, with a bounded number of them read and not yet delivered.
 * Nothing is read before the consumer asks for a verdict.
 */
import { describeReceived } from '../encoding/received.js';
import { DigestError, digestError } from '../errors.js';
import { onAbort } from '../kdf/abort.js';
import type { Credential, Password, StoredCredential, Verdict } from '../types.js';
import { isPassword, type Setup, takeCredential } from '../verify.js';
import type { VerifyOptions } from './options.js';

/** A stored credential, the password to try, and whatever else the row has. */
export interface ManyInput extends StoredCredential {
  readonly password: Password;
}

export interface ManyOptions extends VerifyOptions {
  /** Rows read and not yet delivered, never more than `maxQueue`. Default: 64, which fills the lanes of 16 threads. */
  readonly concurrency?: number | undefined;
}

export interface ManyOutput<Input extends ManyInput> {
  /** The row as it was read. */
  readonly input: Input;
  readonly verdict: Verdict;
}

const CONCURRENCY = 64;

type Rows<Input> = Iterable<Input> | AsyncIterable<Input>;

/** A row that was read: it is verified once, and again where all was full. */
export interface Taken {
  verify(signal: AbortSignal): Promise<Verdict>;
  /** After the last verification. */
  release(): void;
}
type Take<Input> = (input: Input) => Taken;

/** A row's password and credential, each read once; or why the row cannot be verified, whatever the row is. */
export function takeRow(
  setup: Setup,
  row: ManyInput,
): { readonly password: Password; readonly credential: Credential } | DigestError {
  let password: unknown;
  try {
    if (row === null || typeof row !== 'object') return badRow(`a row must be an object (is ${describeReceived(row)})`);
    ({ password } = row);
    const credential = takeCredential(setup, row);
    if (credential instanceof DigestError) return credential;
    if (isPassword(password)) return { password, credential };
  } catch (cause) {
    return badRow('reading the row failed', cause);
  }
  return digestError('ERR_PASSWORD', `password must be a string or a Uint8Array (is ${describeReceived(password)})`, {
    field: 'password',
  });
}

function badRow(message: string, cause?: unknown): DigestError {
  const fix = 'pass rows of { password, passwordHasher, passwordDigest }';
  return digestError('ERR_MALFORMED', message, { field: 'row', fix, cause });
}

/** A row between its source and its consumer. */
interface Slot<Input> {
  readonly input: Input;
  verdict?: Verdict;
  failure?: { readonly error: unknown };
}

interface RowsOptions {
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @throws {TypeError} if `rows` cannot be iterated, or on an invalid concurrency. */
export function verifyRows<Input extends ManyInput>(
  rows: Rows<Input>,
  { concurrency = CONCURRENCY, signal }: RowsOptions,
  maxQueue: number,
  take: Take<Input>,
): AsyncIterableIterator<ManyOutput<Input>> {
  if (!(Number.isSafeInteger(concurrency) && concurrency > 0)) {
    throw new TypeError('verifyMany: concurrency must be a positive integer');
  }
  const iterate = iteratorMaker(rows);
  const width = Math.min(concurrency, maxQueue);
  const halt = new AbortController();
  const verifyOne = patient(take, halt.signal);
  const slots: Slot<Input>[] = [];
  /** The consumer wants no more of it. */
  let stopped = false;
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

  async function* deliver(): AsyncGenerator<ManyOutput<Input>, undefined> {
    const forget = signal === undefined ? () => {} : onAbort(signal, abort);
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
        const open = !ended && !halt.signal.aborted;
        if (open && !reading && slots.length < width) read(source);
        if (head === undefined && !open) break;
        await change();
      }
      if (stopped) return;
      if (failure !== undefined) throw failure.error;
      // Else a consumer would take it for the end of the rows.
      if (!ended) throw digestError('ERR_ABORTED', 'verifyMany was aborted before the last row');
    } finally {
      forget();
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

function iteratorMaker<Input>(rows: Rows<Input>): () => Source<Input> {
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

/**
 * Rows that find the queue or the memory budget full wait for one of their own to finish and try again; where none is
 * under way, others fill it, and the row is answered so.
 */
function patient<Input>(take: Take<Input>, halt: AbortSignal): (input: Input) => Promise<Verdict> {
  let active = 0;
  let waiting: (() => void)[] = [];

  /** Not for a row that found all full: those that wait would wake each other for ever. */
  function wakeAll(): void {
    const ready = waiting;
    waiting = [];
    for (const wake of ready) wake();
  }

  return async (input) => {
    const taken = take(input);
    for (;;) {
      active++;
      let again = false;
      try {
        const verdict = await taken.verify(halt);
        again = active > 1 && verdict.outcome === 'rejected' && verdict.error.code === 'ERR_QUEUE_FULL';
        if (!again) return verdict;
      } finally {
        active--;
        if (!again) {
          taken.release();
          wakeAll();
        }
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
}
