/** How many digests are read in a second, on one core. */
import { type Credential, parse } from '../src/index.js';
import { hasherVectors } from '../test/support/vectors.js';
import { contestant, race } from './support/race.js';
import { perSecond, type Row, type Wanted } from './support/row.js';

/** Digests a run, so that the clock costs nothing. */
const PER_RUN = 1000;
const WANTED: Readonly<Record<string, Wanted>> = { bcrypt: { least: 3_000_000 } };

/** As many different digests of a hasher as the vectors have, over and over: one alone would sit in every cache. */
function credentials(passwordHasher: string): Credential[] {
  const file = hasherVectors().find(({ hasher }) => hasher === passwordHasher);
  const tests = file?.groups.flatMap((group) => group.tests) ?? [];
  const digests = tests.filter(({ expect }) => expect === 'match').map(({ digest }) => digest);
  return Array.from({ length: PER_RUN }, (_, i) => ({
    passwordHasher,
    passwordDigest: digests[i % digests.length] ?? '',
  }));
}

export async function ask(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of ['bcrypt', 'phpass', 'pbkdf2_sha256', 'argon2id', 'scrypt_firebase']) {
    const digests = credentials(name);
    const parser = contestant(
      name,
      PER_RUN,
      () => {
        for (const credential of digests) parse(credential);
      },
      // Throws where one of them cannot be read.
      () => digests.every((credential) => parse(credential).hash.length > 0),
    );
    const measured = await race([parser], { rounds: 5 });
    const wanted = WANTED[name];
    const rate = perSecond(1000 / measured.ms(parser));
    rows.push({ what: `parse() of ${name}`, measured: rate, ...(wanted !== undefined && { wanted }) });
  }
  return rows;
}
