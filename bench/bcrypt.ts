/** bcrypt cost 10 on one core: three passwords at once, and one alone. */
import { bcryptDigest, PASSWORD, WRONG_PASSWORD } from './support/digests.js';
import { john } from './support/john.js';
import { kernel } from './support/kernels.js';
import { type Contestant, contestant, race } from './support/race.js';
import type { Row } from './support/row.js';
import { present, versus } from './support/versus.js';
import { rival } from './thirdparty/load.js';

const digest = bcryptDigest(10).passwordDigest;

function comparer(name: string, compare: (password: string) => boolean | Promise<boolean>): Contestant {
  return contestant(
    name,
    1,
    () => compare(PASSWORD),
    async () => (await compare(PASSWORD)) && !(await compare(WRONG_PASSWORD)),
  );
}

export async function ask(): Promise<Row[]> {
  const bcrypt = await rival<{ compareSync(password: string, digest: string): boolean }>('bcrypt');
  const nodeRs = await rival<{ verifySync(password: string, digest: string): boolean }>('@node-rs/bcrypt');
  const bcryptjs = await rival<{ compareSync(password: string, digest: string): boolean }>('bcryptjs');
  const hashWasm = await rival<{ bcryptVerify(asked: { password: string; hash: string }): Promise<boolean> }>(
    'hash-wasm',
  );
  const native = bcrypt && comparer('bcrypt', (password) => bcrypt.compareSync(password, digest));
  const rust = nodeRs && comparer('@node-rs/bcrypt', (password) => nodeRs.verifySync(password, digest));
  const wasm = hashWasm && comparer('hash-wasm', (password) => hashWasm.bcryptVerify({ password, hash: digest }));
  const script = bcryptjs && comparer('bcryptjs', (password) => bcryptjs.compareSync(password, digest));
  const ripper = john(10);
  const batch = await kernel('bcrypt', bcryptDigest(10), 'lanes', 'all');
  const alone = await kernel('bcrypt', bcryptDigest(10), 'lanes', 1);
  const measured = await race(present([batch, native, alone, ripper, rust, wasm, script]));
  const [many, one] = [`bcrypt cost 10, batch of ${batch.count}`, 'bcrypt cost 10, alone'];
  return [
    ...versus(measured, many, batch, native, { least: 2.2 }),
    ...versus(measured, many, batch, ripper, { least: 0.97, stretch: true }),
    ...versus(measured, one, alone, native, { least: 1 }),
    ...versus(measured, one, alone, rust),
    ...versus(measured, one, alone, wasm),
    ...versus(measured, one, alone, script),
  ];
}
