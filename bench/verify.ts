/** Digests that cost nothing, through the whole public API on one core, against the bare hash function. */
import { hash, timingSafeEqual } from 'node:crypto';
import { clerkHashers, verify } from '../src/index.js';
import { PASSWORD, WRONG_PASSWORD } from './support/digests.js';
import { contestant, race } from './support/race.js';
import { perSecond, type Row } from './support/row.js';
import { versus } from './support/versus.js';

/** Verifications a run, so that the clock costs nothing. */
const PER_RUN = 1000;

async function askFor(name: 'md5' | 'sha256'): Promise<Row[]> {
  // The example's password is PASSWORD; its hash is proved against node:crypto below.
  const passwordDigest = clerkHashers.find((hasher) => hasher.name === name)?.example.digest ?? '';
  const credential = { passwordHasher: name, passwordDigest };
  const stored = Buffer.from(passwordDigest, 'hex');
  const bare = (password: string): boolean => timingSafeEqual(hash(name, password, 'buffer'), stored);
  const matches = async (password: string) => (await verify(password, credential)).outcome === 'match';
  const ours = contestant(
    'digestry',
    PER_RUN,
    async () => {
      for (let i = 0; i < PER_RUN; i++) await verify(PASSWORD, credential);
    },
    async () => (await matches(PASSWORD)) && !(await matches(WRONG_PASSWORD)),
  );
  const theirs = contestant(
    'crypto.hash',
    PER_RUN,
    () => {
      for (let i = 0; i < PER_RUN; i++) bare(PASSWORD);
    },
    () => bare(PASSWORD) && !bare(WRONG_PASSWORD),
  );
  const measured = await race([ours, theirs]);
  const rate = perSecond(1000 / measured.ms(ours));
  return [
    ...versus(measured, `verify() of ${name}`, ours, theirs, { least: 0.3 }),
    { what: `verify() of ${name}`, measured: rate, wanted: { least: 500_000 } },
  ];
}

export async function ask(): Promise<Row[]> {
  return [...(await askFor('md5')), ...(await askFor('sha256'))];
}
