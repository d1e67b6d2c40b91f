/** A text in slices, with turns of the event loop between them: only there are signals of the system heard. */
import { setImmediate } from 'node:timers/promises';

/** Of JSON, as many take some hundredths of a second. */
const SLICE_CHARS = 16 * 1024;
/** Milliseconds after which signals of the system are listened to. */
export const TURN_MS = 50;

/** @throws the signal's reason after an abort. */
export async function* inTurns(text: AsyncIterable<string>, signal: AbortSignal | undefined): AsyncGenerator<string> {
  let turnedAt = performance.now();
  for await (const piece of text) {
    for (let at = 0; at < piece.length; ) {
      let end = at + SLICE_CHARS;
      // Not between the halves of a character.
      if ((piece.charCodeAt(end - 1) & 0xfc00) === 0xd800) end++;
      yield piece.slice(at, end);
      at = end;
      if (performance.now() - turnedAt < TURN_MS) continue;
      await setImmediate();
      signal?.throwIfAborted();
      turnedAt = performance.now();
    }
  }
}
