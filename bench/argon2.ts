/** argon2id of 64 MiB, 3 passes, on one core: through verify() with a native module, and as WebAssembly without one. */
import { verify } from '../src/index.js';
import { ARGON2ID, PASSWORD, WRONG_PASSWORD } from './support/digests.js';
import { kernel } from './support/kernels.js';
import { type Contestant, contestant, race } from './support/race.js';
import type { Row } from './support/row.js';
import { present, versus } from './support/versus.js';
import { rival } from './thirdparty/load.js';

const digest = ARGON2ID.passwordDigest;

type Verify = (digest: string, password: string) => Promise<boolean>;

function verifier(name: string, matches: Verify): Contestant {
  return contestant(
    name,
    1,
    () => matches(digest, PASSWORD),
    async () => (await matches(digest, PASSWORD)) && !(await matches(digest, WRONG_PASSWORD)),
  );
}

export async function ask(): Promise<Row[]> {
  const nodeRs = await rival<{ verify: Verify }>('@node-rs/argon2');
  const reference = await rival<{ verify: Verify }>('argon2');
  const hashWasm = await rival<{ argon2Verify(asked: { password: string; hash: string }): Promise<boolean> }>(
    'hash-wasm',
  );
  const ours = verifier('digestry', async (_, password) => (await verify(password, ARGON2ID)).outcome === 'match');
  const rust = nodeRs && verifier('@node-rs/argon2', nodeRs.verify);
  const c = reference && verifier('argon2', reference.verify);
  const wasm = hashWasm && verifier('hash-wasm', (hash, password) => hashWasm.argon2Verify({ password, hash }));
  const portable = await kernel('argon2', ARGON2ID, 'lanes', 1);
  const measured = await race(present([ours, rust, c]), { rounds: 12 });
  const withoutNative = await race(present([portable, wasm]));
  const best = present([rust, c]).sort((a, b) => measured.ms(a) - measured.ms(b))[0];
  const other = present([rust, c]).find((one) => one !== best);
  const native = 'argon2id 64 MiB, verify()';
  return [
    ...versus(measured, native, ours, best, { least: 0.98 }),
    ...versus(measured, native, ours, other),
    ...versus(withoutNative, 'argon2id 64 MiB, portable', portable, wasm, { least: 1.5 }),
  ];
}
