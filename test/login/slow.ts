/** Hashers whose work a test holds in its hand: counted, and finished when the test says so. */
import {
  type AnyHasher,
  type Credential,
  clerkHashers,
  createParsed,
  createRegistry,
  defineHasher,
  hashCost,
  type Registry,
} from '../../src/index.js';
import { type Deferred, deferred } from '../support/orders.js';

export const password = 'correct horse battery staple';
export const exampleOf = (name: string): Credential => ({
  passwordHasher: name,
  passwordDigest: clerkHashers.find((one) => one.name === name)?.example.digest ?? '',
});

export interface Slow {
  readonly hasher: AnyHasher;
  /** By the number in the digest: `slow:7`. Its promise resolves to whether the password is the right one. */
  readonly begun: Map<number, Deferred<boolean>>;
}

/** Digests `slow:N`; each derivation waits for the test. */
export function slow(): Slow {
  const begun = new Map<number, Deferred<boolean>>();
  const hasher = defineHasher<{ readonly n: number }>({
    name: 'slow',
    example: { digest: 'slow:1' },
    parse: (digest) => createParsed({ n: Number(digest.slice(5)) }, new Uint8Array(), Uint8Array.of(1)),
    serialize: ({ params }) => `slow:${params.n}`,
    cost: () => hashCost('md5'),
    async derive(_password, { params }) {
      const one = deferred<boolean>();
      begun.set(params.n, one);
      return Uint8Array.of((await one.promise) ? 1 : 0);
    },
  });
  return { hasher, begun };
}

export const slowCredential = (n: number): Credential => ({ passwordHasher: 'slow', passwordDigest: `slow:${n}` });

/** The 22, with one of them spied on: parameters of each derivation, in their order. */
export function spied(name: string): { readonly registry: Registry; readonly derived: Record<string, unknown>[] } {
  const derived: Record<string, unknown>[] = [];
  const registry = createRegistry(
    clerkHashers.map((hasher) =>
      hasher.name === name
        ? defineHasher<object, unknown>({
            ...hasher,
            derive(bytes, digest, kdfs) {
              derived.push({ ...digest.params });
              return hasher.derive(bytes, digest, kdfs);
            },
          })
        : hasher,
    ),
  );
  return { registry, derived };
}
