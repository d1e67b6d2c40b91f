/**
 * bcrypt by bcryptjs: for those who ask for it by name, and as a second opinion in the tests. Text passwords only.
 *
 * Imported statically: a dynamic import would keep Rollup from writing a program into one file.
 */

import bcryptjs from 'bcryptjs';
import { decodeBcrypt64, encodeBcrypt64 } from '../../encoding/bcrypt64.js';
import { utf8Text } from '../../encoding/bytes.js';
import type { BcryptJob } from '../../jobs.js';
import type { Backend } from '../contract.js';

export const bcryptjsBcrypt: Backend<BcryptJob> = {
  name: 'bcryptjs',
  kind: 'portable',
  blocking: true,
  unsupported({ password, variant }) {
    if (variant === '2x') return 'bcryptjs does not support $2x$';
    return utf8Text(password) === undefined ? 'bcryptjs requires a password of UTF-8 text' : undefined;
  },
  async load() {
    return ({ password, salt, cost, variant }, run) => {
      const setting = `$${variant}$${String(cost).padStart(2, '0')}$${encodeBcrypt64(salt)}`;
      const text = utf8Text(password) as string;
      const hash = (digest: string) => decodeBcrypt64(digest, digest.length - 31, digest.length, 'hash');
      if (run.tickMs === Number.POSITIVE_INFINITY) return hash(bcryptjs.hashSync(text, setting));
      return bcryptjs.hash(text, setting).then(hash);
    };
  },
};
