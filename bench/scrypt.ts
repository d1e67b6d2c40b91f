/** scrypt N = 2^15, r = 8, p = 1 on one core: the lanes, and what digestry uses of lanes and OpenSSL after it measured. */
import { scryptSync } from 'node:crypto';
import { SCRYPT } from './support/digests.js';
import { kernel, sameBytes, taskOf } from './support/kernels.js';
import { contestant, race } from './support/race.js';
import type { Row } from './support/row.js';
import { choice, present, versus } from './support/versus.js';
import { rival } from './thirdparty/load.js';

interface HashWasm {
  scrypt(asked: {
    password: Uint8Array;
    salt: Uint8Array;
    costFactor: number;
    blockSize: number;
    parallelism: number;
    hashLength: number;
    outputType: 'binary';
  }): Promise<Uint8Array>;
}

const { job, hash } = taskOf('scrypt', SCRYPT);
const { password, salt, N, r, p, dkLen } = job;

export async function ask(): Promise<Row[]> {
  const options = { N, r, p, maxmem: 256 * N * r };
  const byOpenssl = () => scryptSync(password, salt, dkLen, options);
  const openssl = contestant('node:crypto', 1, byOpenssl, () => sameBytes(byOpenssl(), hash));
  const hashWasm = await rival<HashWasm>('hash-wasm');
  const asked = { password, salt, costFactor: N, blockSize: r, parallelism: p, hashLength: dkLen } as const;
  const byWasm = hashWasm && (() => hashWasm.scrypt({ ...asked, outputType: 'binary' }));
  const wasm = byWasm && contestant('hash-wasm', 1, byWasm, async () => sameBytes(await byWasm(), hash));
  const alone = await kernel('scrypt', SCRYPT, 'lanes', 1);
  const batch = await kernel('scrypt', SCRYPT, 'lanes', 'all');
  const chosen = await kernel('scrypt', SCRYPT, 'measured', 'all');
  const chosenAlone = await kernel('scrypt', SCRYPT, 'measured', 1);
  const measured = await race(present([alone, openssl, batch, chosenAlone, chosen, wasm]));
  const name = 'scrypt 2^15 r8';
  return [
    ...versus(measured, `${name}, 1 lane`, alone, openssl, { least: 1.6 }),
    ...versus(measured, `${name}, ${batch.count} lanes`, batch, openssl, { least: 2.6 }),
    ...versus(measured, `${name}, 1 lane`, alone, wasm),
    ...choice(measured, name, chosenAlone, [alone, openssl]),
    ...choice(measured, name, chosen, [batch, openssl]),
  ];
}
