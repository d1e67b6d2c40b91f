/** What a closed verifier answers with. Each answer has an error of its own: who gets one names the hasher in it. */
import { type DigestError, digestError } from '../errors.js';

export function closedError(): DigestError {
  return digestError('ERR_CLOSED', 'verifier is closed');
}
