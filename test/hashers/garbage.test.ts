/** A plug-in whose parse returns nothing: each function answers with a code, and none crashes. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clerkHashers, createRegistry, createVerifier, defineHasher, validate } from '../../src/index.js';
import { check } from '../../src/migration/index.js';
import { acmeDefinition } from './acme.js';

const hollow = defineHasher({ ...acmeDefinition, prefixes: ['$acme'], parse: () => undefined as never });
const registry = createRegistry([...clerkHashers, hollow]);
const credential = { passwordHasher: hollow.name, passwordDigest: '$acme$x' };

test('verify, verifyAny and validate reject it with ERR_BACKEND', async () => {
  await using verifier = createVerifier({ registry });
  const rejected = { outcome: 'rejected', error: { code: 'ERR_BACKEND', hasher: hollow.name } };
  expect(await verifier.verify('x', credential)).toMatchObject(rejected);
  expect(await verifier.verifyAny('x', credential.passwordDigest)).toMatchObject({ outcome: 'rejected' });
  expect(validate(credential, { registry })).toMatchObject({ ok: false, error: rejected.error });
});

test('check counts its rows as rejected', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'digestry-'));
  const file = join(folder, 'users.csv');
  await writeFile(file, 'id,hasher,digest\n1,acme,$acme$x\n2,md5,9cc2ae8a1ba7a93da39b46fc1019c481\n');
  const options = { registry, source: 'generic', idField: 'id', hasherField: 'hasher', digestField: 'digest' } as const;
  const { totals, findings } = await check([file], options);
  expect(totals).toMatchObject({ rows: 2, ok: 1, rejected: 1 });
  expect(findings).toContainEqual(expect.objectContaining({ code: 'ERR_BACKEND', hasher: hollow.name, count: 1 }));
});

test('a cost that is not of numbers never passes the limits', async () => {
  const cost = () => ({ ...acmeDefinition.cost({ iterations: 1 } as never), work: Number.NaN });
  const costly = defineHasher({ ...acmeDefinition, cost });
  await using verifier = createVerifier({ registry: createRegistry([costly]) });
  const { digest } = acmeDefinition.example;
  const verdict = await verifier.verify('x', { passwordHasher: costly.name, passwordDigest: digest });
  expect(verdict).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_BACKEND' } });
});
