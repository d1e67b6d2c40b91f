import type { Plugin } from 'rolldown';

const IMPORT = 'import nodeCrypto from "crypto";';

/**
 * bcryptjs imports node:crypto for new salts, which digestry gives it. Its package.json says that bundlers may leave the
 * import out, and importing node:crypto takes 10 ms.
 */
export const withoutSaltSource: Plugin = {
  name: 'without-salt-source',
  transform(code, id) {
    if (!id.endsWith('/node_modules/bcryptjs/index.js')) return undefined;
    if (!code.includes(IMPORT)) throw new Error(`bcryptjs no longer begins with ${IMPORT}`);
    return code.replace(IMPORT, 'const nodeCrypto = undefined;');
  },
};
