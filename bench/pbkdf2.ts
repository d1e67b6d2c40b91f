/** PBKDF2 on one core: the lanes, and what digestry uses of lanes and OpenSSL after it measured both. */
import { pbkdf2Sync } from 'node:crypto';
import { PBKDF2 } from './support/digests.js';
import { kernel, sameBytes, taskOf } from './support/kernels.js';
import { contestant, race } from './support/race.js';
import type { Row, Wanted } from './support/row.js';
import { choice, versus } from './support/versus.js';

/** From OpenSSL 3.5 on its SHA-256 is faster than four lanes where the processor has SHA instructions. */
const [major = 0, minor = 0] = process.versions.openssl.split('.').map(Number);
const slowOpenssl = major < 3 || (major === 3 && minor < 5);

const LANES: Readonly<Record<keyof typeof PBKDF2, Wanted | undefined>> = {
  sha1: { least: 2.2 },
  sha256: slowOpenssl ? { least: 1.1 } : undefined,
  sha512: undefined,
};
async function askFor(prf: keyof typeof PBKDF2): Promise<Row[]> {
  const credential = PBKDF2[prf];
  const { job, hash } = taskOf('pbkdf2', credential);
  const byOpenssl = () => pbkdf2Sync(job.password, job.salt, job.c, job.dkLen, prf);
  const openssl = contestant('node:crypto', 1, byOpenssl, () => sameBytes(byOpenssl(), hash));
  const alone = await kernel('pbkdf2', credential, 'lanes', 1);
  const batch = await kernel('pbkdf2', credential, 'lanes', 'all');
  const chosen = await kernel('pbkdf2', credential, 'measured', 'all');
  const chosenAlone = await kernel('pbkdf2', credential, 'measured', 1);
  const measured = await race([batch, openssl, chosen, chosenAlone, alone], { rounds: 7 });
  const name = `PBKDF2-${prf.toUpperCase()}`;
  return [
    ...versus(measured, `${name}, ${batch.count} lanes`, batch, openssl, LANES[prf]),
    ...choice(measured, name, chosenAlone, [alone, openssl]),
    ...choice(measured, name, chosen, [batch, openssl]),
  ];
}

export async function ask(): Promise<Row[]> {
  return [...(await askFor('sha1')), ...(await askFor('sha256')), ...(await askFor('sha512'))];
}
