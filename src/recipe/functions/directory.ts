/** What the mechanisms of SASL do to user names and passwords. */
import { utf8, utf8Text } from '../../encoding/bytes.js';
import { saslprep } from '../../encoding/saslprep.js';
import { bytes, defineFunction, type RecipeFunction } from './contract.js';

const AT = 64;
const COLON = 58;

/** RFC 4013. Bytes that it refuses, or that are not UTF-8, stay as they are: PostgreSQL hashes those. */
const prepared = defineFunction<[Uint8Array]>({
  name: 'saslprep',
  parameters: [bytes('value')],
  run([value]) {
    const text = utf8Text(value);
    const done = text === undefined ? undefined : saslprep(text);
    return done === undefined ? value.slice() : utf8(done);
  },
});

/** `user:realm` of `user@realm`, by the last at sign. Without a realm that is empty, and the colon stays. */
const userRealm = defineFunction<[Uint8Array]>({
  name: 'user_realm',
  parameters: [bytes('username')],
  run([username]) {
    const at = username.lastIndexOf(AT);
    const joined = new Uint8Array(at === -1 ? username.length + 1 : username.length);
    joined.set(username);
    joined[at === -1 ? username.length : at] = COLON;
    return joined;
  },
});

export const directoryFunctions: readonly RecipeFunction[] = [prepared, userRealm];
