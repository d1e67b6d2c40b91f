/** How many digests of each of the 22 hashers are read in a second, on one core: `npm run bench:hashers`. */
import { Bench } from 'tinybench';
import { type Credential, clerkHashers, parse } from '../src/index.js';
import { hasherVectors } from '../test/support/vectors.js';
import { machine, say, show } from './support/show.js';

/** Digests a run, so that the timer costs nothing. */
const PER_RUN = 1000;

/** As many different digests of a hasher as the vectors have, over and over: one alone would sit in every cache. */
function credentials(passwordHasher: string): Credential[] {
  const file = hasherVectors().find(({ hasher }) => hasher === passwordHasher);
  const tests = file?.groups.flatMap((group) => group.tests) ?? [];
  const digests = tests.filter(
    ({ expect, digest }) => ['match', 'unverifiable'].includes(expect) && digest.length < 400,
  );
  return Array.from({ length: PER_RUN }, (_, i) => ({
    passwordHasher,
    passwordDigest: digests[i % digests.length]?.digest ?? '',
  }));
}

say(machine());
const bench = new Bench({ time: 300, warmupTime: 100 });
const names = clerkHashers.map(({ name }) => name);
for (const name of ['bcrypt', ...names.filter((one) => one !== 'bcrypt')]) {
  const rows = credentials(name);
  bench.add(name, () => {
    for (const credential of rows) parse(credential);
  });
}
await bench.run();
show('parse', bench, PER_RUN);
