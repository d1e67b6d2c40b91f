/** Sources with one user per line, the name and the digest between colons. */
import type { Bound, ExportSource } from './contract.js';
import { isDesCrypt, storedDigest, unsupported } from './stored.js';

export interface ColonLines {
  readonly name: string;
  readonly title: string;
  /** Why lines with this number of fields are of this source. */
  recognize(fieldCount: number): string | undefined;
}

export function colonLines({ name, title, recognize }: ColonLines): ExportSource {
  return {
    name,
    title,
    format: 'colons',
    recognize({ format, header }) {
      const reason = format === 'colons' && header !== undefined ? recognize(header.length) : undefined;
      return reason === undefined ? undefined : { certainty: 'certain', reason };
    },
    bind: (_fields, _all, { hasher }): Bound => ({
      source: name,
      digestFields: ['the second field'],
      plain: { id: ['user'], hasher: [], digest: ['digest'] },
      extract(field) {
        const text = field('digest') ?? '';
        const { passwordHasher, passwordDigest, findings, error } = isDesCrypt(text)
          ? unsupported('the DES method of crypt(3)', 'this method of crypt(3) is not supported')
          : storedDigest(text);
        return {
          id: field('user') ?? '',
          passwordHasher: passwordHasher ?? (error === undefined ? hasher : undefined),
          passwordDigest,
          findings,
          error,
        };
      },
    }),
  };
}
