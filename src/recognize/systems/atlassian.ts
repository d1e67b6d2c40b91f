/**
 * Atlassian (Jira, Confluence, Crowd, Bitbucket Server).
 * https://passlib.readthedocs.io/en/stable/lib/passlib.hash.atlassian_pbkdf2_sha1.html
 *
 *     {PKCS5S2}b64(salt 16 ‖ key 32)      PBKDF2-HMAC-SHA1, 10000 iterations
 */
import { decodeBase64 } from '../../encoding/base64.js';
import { malformed } from '../../errors.js';
import type { System } from './contract.js';
import { pbkdf2Reading } from './pbkdf2.js';

const PREFIX = '{PKCS5S2}';
const ITERATIONS = 10_000;
const SALT_BYTES = 16;
const BYTES = 48;

export const atlassian: System = {
  system: 'atlassian',
  title: 'Atlassian',
  read(text) {
    if (text.slice(0, PREFIX.length).toUpperCase() !== PREFIX) return undefined;
    const bytes = decodeBase64(text, PREFIX.length, text.length, 'hash');
    if (bytes.length !== BYTES)
      throw malformed('hash', text.length, `hash must be ${BYTES} bytes with its salt (is ${bytes.length})`);
    const [salt, hash] = [bytes.subarray(0, SALT_BYTES), bytes.subarray(SALT_BYTES)];
    return pbkdf2Reading('Atlassian {PKCS5S2}', 'sha1', ITERATIONS, salt, hash);
  },
};
