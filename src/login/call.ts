/** The options of one call, checked and read once: what a caller changes later has no effect. */
import { type AbortSignalLike, isAbortSignalLike } from '../encoding/brand.js';
import { checkedOptions, describeReceived } from '../encoding/received.js';
import { onAbort } from '../kdf/abort.js';
import type { JobOptions as KdfCall } from '../kdf/select.js';
import { type CallOptions, checkEqualize, type VerifyOptions } from './options.js';

export interface Call extends KdfCall {
  readonly equalize?: boolean | undefined;
}

export const CALL_OPTIONS: readonly string[] = ['signal', 'priority'] satisfies (keyof CallOptions)[];
export const VERIFY_OPTIONS: readonly string[] = [...CALL_OPTIONS, 'equalize'];
const PRIORITIES: readonly unknown[] = ['high', 'normal', 'low', undefined] satisfies CallOptions['priority'][];
const NO_OPTIONS: Call = Object.freeze({});

/** @throws {TypeError} on an unknown option or a value that it cannot have. */
export function readCall(
  where: string,
  options: CallOptions | VerifyOptions | null | undefined,
  known: readonly string[],
): Call {
  if (options === undefined) return NO_OPTIONS;
  const { signal, priority, equalize }: VerifyOptions = checkedOptions(where, options, known);
  checkEqualize(equalize);
  if (!PRIORITIES.includes(priority)) throw new TypeError("priority must be 'high', 'normal' or 'low'");
  return { signal: readSignal(signal), priority, equalize };
}

function readSignal(signal: AbortSignal | AbortSignalLike | null | undefined): AbortSignal | undefined {
  if (signal === undefined || signal === null) return undefined;
  if (!isAbortSignalLike(signal)) {
    throw new TypeError(`signal must be an AbortSignal (received ${describeReceived(signal)})`);
  }
  return isWhole(signal) ? signal : followSignal(signal);
}

/** Packages from before Node 17 lack the method and the reason. */
function isWhole(signal: AbortSignalLike): signal is AbortSignal {
  return 'throwIfAborted' in signal && typeof signal.throwIfAborted === 'function';
}

const following = new WeakMap<AbortSignalLike, AbortSignal>();

/** A signal of the platform that aborts with a polyfill's; the same one at each call. */
function followSignal(signal: AbortSignalLike): AbortSignal {
  if (signal.aborted) return AbortSignal.abort();
  const known = following.get(signal);
  if (known !== undefined) return known;
  const controller = new AbortController();
  onAbort(signal as AbortSignal, () => controller.abort());
  following.set(signal, controller.signal);
  return controller.signal;
}
