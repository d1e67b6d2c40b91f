/** Blowfish's P-array and S-boxes before a key: digits of π. */
import { decodeBase64 } from '../../encoding/base64.js';
import { BLOWFISH_WORDS } from './pi.js';
import { INITIAL_STATE } from './pi-words.js';

export function blowfishInitialState(): Int32Array<ArrayBuffer> {
  const { buffer } = decodeBase64(INITIAL_STATE, 0, INITIAL_STATE.length, 'pi-words');
  const bytes = new DataView(buffer);
  return Int32Array.from({ length: BLOWFISH_WORDS }, (_, i) => bytes.getInt32(4 * i));
}
