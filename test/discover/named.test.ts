/** Each format that is a hash function or two is found from its example, by name or as a recipe that is the same. */
import { describe, expect, test } from 'vitest';
import { discoverHere } from '../../src/discover/discover.js';
import type { KnownPassword } from '../../src/discover/known.js';
import { readKnown } from '../../src/discover/known.js';
import { listNamed } from '../../src/discover/named.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { createInProcessExecutor } from '../../src/kdf/in-process.js';
import { selectBackends } from '../../src/kdf/select.js';
import { defaultRegistry } from '../../src/library.js';
import type { Example } from '../../src/types.js';

const kdfs = selectBackends(nodeCatalogue, {}, createInProcessExecutor(Number.POSITIVE_INFINITY)).kdfs();
const { hashers } = defaultRegistry;

const knownOf = ({ password = '', digest, salt, username, pepper, params }: Example): KnownPassword => ({
  ...{ password, digest, salt, username, pepper },
  columns: (params ?? {}) as Record<string, string>,
});

const CHEAP_MS = 1;
const cheap = hashers.filter((hasher) => {
  if (!hasher.verifiable || hasher.example.password === undefined) return false;
  const [named] = listNamed([hasher], [readKnown(knownOf(hasher.example))]);
  return named !== undefined && named.ms < CHEAP_MS;
});

test('most formats are cheap', () => expect(cheap.length).toBeGreaterThan(80));

describe.each(cheap.map((hasher) => [hasher.name, hasher] as const))('%s', (name, { example }) => {
  test('is found from one known password', async () => {
    const known = [knownOf(example)];
    const { found } = await discoverHere({ known, budgetMs: 60_000 }, { hashers, kdfs });
    expect(found?.hashers).toContain(name);
  });
});
