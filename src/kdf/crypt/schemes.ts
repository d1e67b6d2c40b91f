/** The schemes of crypt(3) in JavaScript, over hash functions that a backend gives them. */
import type { CryptScheme } from '../../jobs.js';
import type { Backend, BackendKind } from '../contract.js';
import { bsdiCrypt } from '../des/bsdi-crypt.js';
import { inTurns } from '../lanes.js';
import { yescrypt } from '../yescrypt/yescrypt.js';
import type { CryptHashes, CryptSlices, DeriveScheme, JobOf } from './contract.js';
import { md5Crypt } from './md5-crypt.js';
import { shaCrypt } from './sha-crypt.js';
import { sha1Crypt } from './sha1-crypt.js';
import { sunMd5Crypt } from './sun-md5-crypt.js';

const SCHEMES: { readonly [S in CryptScheme]: DeriveScheme<S> } = {
  md5_crypt: md5Crypt,
  sha256_crypt: shaCrypt,
  sha512_crypt: shaCrypt,
  sha1_crypt: sha1Crypt,
  sun_md5_crypt: sunMd5Crypt,
  bsdi_crypt: bsdiCrypt,
  yescrypt,
};

function deriveScheme<S extends CryptScheme>(job: JobOf<S>, hashes: CryptHashes): CryptSlices {
  return (SCHEMES[job.scheme as S] as DeriveScheme<S>)(job, hashes);
}

/** A backend of all schemes over the hash functions that `load` gives. */
export function cryptBackend(
  { name, kind }: { readonly name: string; readonly kind: BackendKind },
  load: () => CryptHashes,
): Backend<JobOf<CryptScheme>> {
  return {
    name,
    kind,
    blocking: true,
    async load() {
      const hashes = load();
      return async (job, run) => {
        const [hash] = await inTurns(alone(deriveScheme(job, hashes)), run);
        return hash as Uint8Array;
      };
    },
  };
}

function* alone(slices: CryptSlices): Generator<void, Uint8Array[], void> {
  return [yield* slices];
}
