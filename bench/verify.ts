/** How many cheap verifications pass the public API in a second on one core, against the bare hash function. */
import { hash, timingSafeEqual } from 'node:crypto';
import { Bench } from 'tinybench';
import { hashers, verify } from '../dist/index.js';
import { machine, say, show } from './support/show.js';

const PER_RUN = 1000;
const password = 'correct horse battery staple';

say(machine());
for (const name of ['sha256', 'md5', 'sha256_salted', 'ldap_ssha', 'hmac_sha256_utf16_b64']) {
  const passwordDigest = hashers.find((hasher) => hasher.name === name)?.example.digest ?? '';
  const credential = { passwordHasher: name, passwordDigest };
  if ((await verify(password, credential)).outcome !== 'match') throw new Error(`${name} does not verify its example`);
  const bench = new Bench({ time: 500, warmupTime: 200 });
  if (name === 'sha256' || name === 'md5') {
    const stored = Buffer.from(passwordDigest, 'hex');
    bench.add(`crypto.hash and compare`, () => {
      for (let i = 0; i < PER_RUN; i++) timingSafeEqual(hash(name, password, 'buffer'), stored);
    });
  }
  bench.add(`verify() of ${name}`, async () => {
    for (let i = 0; i < PER_RUN; i++) await verify(password, credential);
  });
  await bench.run();
  show(name, bench, PER_RUN);
}
