/** The verifiers that canaries are verified by: one as it is, and one whose salted hashers take the password first. */
import { createNodeEngine } from '../../../engine/node.js';
import { md5Salted, sha256Salted } from '../../../hashers/index.js';
import { nodeCatalogue } from '../../../kdf/catalogue-node.js';
import type { Verifier } from '../../../login/contract.js';
import { createVerifierFor } from '../../../login/verifier.js';
import { createRegistry, type Registry } from '../../../registry.js';
import type { AnyHasher, LimitOptions } from '../../../types.js';

export interface CanaryVerifiers extends AsyncDisposable {
  readonly usual: Pick<Verifier, 'verifyMany'>;
  readonly passwordFirst: Pick<Verifier, 'verifyMany'>;
}

export function canaryVerifiers(registry: Registry, limits: LimitOptions | undefined): CanaryVerifiers {
  const create = (known: Registry) =>
    createVerifierFor(
      { catalogue: nodeCatalogue, registry: known, engine: createNodeEngine },
      limits === undefined ? {} : { limits },
    );
  const usual = create(registry);
  const passwordFirst = create(createRegistry(registry.hashers.map(withPasswordFirst)));
  return {
    usual,
    passwordFirst,
    async [Symbol.asyncDispose]() {
      await Promise.all([usual.close(), passwordFirst.close()]);
    },
  };
}

function withPasswordFirst(hasher: AnyHasher): AnyHasher {
  if (hasher.name === 'md5_salted') return md5Salted({ order: 'password-first' });
  if (hasher.name === 'sha256_salted') return sha256Salted({ order: 'password-first' });
  return hasher;
}
