/** What a call threw, where only a coded error may be thrown. */
import { DigestError } from '../../src/errors.js';

/** The DigestError that `call` throws. Nothing thrown, or anything else, fails the test. */
export function rejection(call: () => unknown): DigestError {
  const answer = attempt(call);
  if (answer instanceof DigestError) return answer;
  throw new Error(`a DigestError was expected, and the call answered ${JSON.stringify(answer)}`);
}

/** The call's answer, or the DigestError that it throws. Anything else that is thrown fails the test. */
export function attempt<T>(call: () => T): T | DigestError {
  try {
    return call();
  } catch (error) {
    if (error instanceof DigestError) return error;
    throw error;
  }
}
