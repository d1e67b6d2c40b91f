/** A format as an author outside the package writes it, by the public names alone: `acme$iterations$salt$hash`. */
import {
  createParsed,
  DigestError,
  defineHasher,
  type Hasher,
  type HasherDefinition,
  type Parsed,
  pbkdf2Cost,
} from '../../src/index.js';

export interface AcmeParams {
  readonly iterations: number;
}

const FORM = /^acme\$([1-9]\d{0,9})\$([0-9a-f]{16})\$([0-9a-f]{64})$/;

/** The place of the first field that is not as it must be. */
function refusal(digest: string): DigestError {
  const at = digest.startsWith('acme$') ? 5 : 0;
  return new DigestError('ERR_MALFORMED', 'no digest of acme', {
    field: at === 0 ? 'prefix' : 'iterations',
    offset: at,
  });
}

function parse(digest: string): Parsed<AcmeParams, undefined> {
  const found = FORM.exec(digest);
  if (found === null) throw refusal(digest);
  const [, iterations = '', salt = '', hash = ''] = found;
  return createParsed({ iterations: Number(iterations) }, Buffer.from(salt, 'hex'), Buffer.from(hash, 'hex'));
}

export const acmeDefinition: HasherDefinition<AcmeParams> = {
  name: 'acme',
  prefixes: ['acme$'],
  example: {
    password: 'correct horse battery staple',
    digest: 'acme$3$0011223344556677$c21783c91fa1e38b8e080295a1d71e47062616ed1c4148f4cea726dc4fb158b0',
  },
  parse,
  serialize: ({ params, salt, hash }) =>
    `acme$${params.iterations}$${Buffer.from(salt).toString('hex')}$${Buffer.from(hash).toString('hex')}`,
  cost: ({ iterations }) => pbkdf2Cost('sha256', iterations, 32),
  derive: (password, { params, salt }, kdfs) =>
    kdfs.pbkdf2({ prf: 'sha256', password, salt, c: params.iterations, dkLen: 32 }),
};

/** The format with some of it replaced. */
export function acme(changes: Partial<HasherDefinition<AcmeParams>> = {}): Hasher<AcmeParams, undefined> {
  return defineHasher<AcmeParams>({ ...acmeDefinition, ...changes });
}
