/** Candidates that one core tries in a second, by the hash function of the digest. */
import { createSearch } from '../src/discover/expressions.js';
import { readKnown } from '../src/discover/known.js';
import { readDigest } from '../src/discover/readings.js';
import { listValues } from '../src/discover/values.js';
import { nativeHashFunctions } from '../src/kdf/hash/native.js';
import { type Ask, perSecond, type Row } from './support/row.js';

/** No expression has it. */
const NOBODYS = '0123456789abcdef';
const LAST_WEIGHT = 9;
const LEAST_PER_SECOND = 200_000;

function tryAll(digits: number): number {
  const digest = NOBODYS.repeat(8).slice(0, digits);
  const row = readKnown({ password: 'Hashcat 1!', digest, salt: 'aB3dEf7h', username: 'Admin' });
  const [reading] = readDigest(digest);
  if (reading === undefined) throw new Error('a digest of hexadecimal digits is read');
  const search = createSearch(listValues([{ row, reading }]), reading.hash, nativeHashFunctions);
  const begun = process.cpuUsage();
  for (let weight = 1; weight <= LAST_WEIGHT; weight++) for (const _ of search.level(weight));
  const { user, system } = process.cpuUsage(begun);
  return search.tried / ((user + system) / 1e6);
}

export const ask: Ask = async () =>
  Object.entries({ MD5: 32, 'SHA-1': 40, 'SHA-256': 64, 'SHA-512': 128 }).map(
    ([name, digits]): Row => ({
      what: `discover, candidates of ${name} on one core`,
      measured: perSecond(tryAll(digits)),
      wanted: { least: LEAST_PER_SECOND },
    }),
  );
