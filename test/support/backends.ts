/** The backends that load here, one selection for each. */

import type { CostlyKdf } from '../../src/jobs.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { createInProcessExecutor } from '../../src/kdf/in-process.js';
import { type Backends, selectBackends } from '../../src/kdf/select.js';

export interface OneBackend {
  /** `kdf name`, for a test's title. */
  readonly title: string;
  readonly kdf: CostlyKdf | 'hash';
  readonly name: string;
  /** The one that is chosen where nobody asks. */
  readonly first: boolean;
  readonly backends: Backends;
}

/** Every backend of every KDF that loads on this machine. Jobs run in slices without pauses, on the test's own thread. */
export async function availableBackends(): Promise<OneBackend[]> {
  const report = await selectBackends(nodeCatalogue, {}, createInProcessExecutor(Number.POSITIVE_INFINITY)).report();
  return report
    .filter(({ state }) => state !== 'absent')
    .map(({ kdf, name, state }) => ({
      title: `${kdf} by ${name}`,
      kdf,
      name,
      first: state === 'used',
      backends: selectBackends(nodeCatalogue, { [kdf]: name }, createInProcessExecutor(Number.POSITIVE_INFINITY)),
    }));
}
