/** phpass 2^13 on one core, against the loops that people write around a hash function. */
import { createHash, hash as cryptoHash } from 'node:crypto';
import { PHPASS } from './support/digests.js';
import { kernel, sameBytes, taskOf } from './support/kernels.js';
import { contestant, race } from './support/race.js';
import type { Row } from './support/row.js';
import { present, versus } from './support/versus.js';
import { rival } from './thirdparty/load.js';

interface HashWasm {
  createMD5(): Promise<{
    init(): { update(data: Uint8Array): { digest(form: 'binary'): Uint8Array } };
  }>;
}

const { job, hash } = taskOf('iteratedHash', PHPASS);

function loop(md5: (message: Uint8Array) => Uint8Array): Uint8Array {
  let h = md5(job.first);
  for (let i = 0; i < job.rounds; i++) h = md5(Buffer.concat([h, job.suffix]));
  return h;
}

export async function ask(): Promise<Row[]> {
  const looped = (name: string, md5: (message: Uint8Array) => Uint8Array) =>
    contestant(
      name,
      1,
      () => loop(md5),
      () => sameBytes(loop(md5), hash),
    );
  const oneShot = looped('crypto.hash loop', (message) => cryptoHash('md5', message, 'buffer'));
  const classic = looped('createHash loop', (message) => createHash('md5').update(message).digest());
  const hasher = await (await rival<HashWasm>('hash-wasm'))?.createMD5();
  const wasm = hasher && looped('hash-wasm loop', (message) => hasher.init().update(message).digest('binary'));
  const alone = await kernel('iteratedHash', PHPASS, 'lanes', 1);
  const batch = await kernel('iteratedHash', PHPASS, 'lanes', 'all');
  const measured = await race(present([alone, oneShot, batch, classic, wasm]));
  const one = 'phpass 2^13, alone';
  return [
    ...versus(measured, one, alone, oneShot, { least: 7 }),
    ...versus(measured, `phpass 2^13, batch of ${batch.count}`, batch, oneShot, { least: 20 }),
    ...versus(measured, one, alone, classic),
    ...versus(measured, one, alone, wasm),
  ];
}
