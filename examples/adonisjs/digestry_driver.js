import { createVerifier, identify } from 'digestry';

/** These say nothing about the password. */
const FAILURES = ['ERR_QUEUE_FULL', 'ERR_CLOSED', 'ERR_BACKEND'];

/** A driver of @adonisjs/hash: verifies every digest that digestry identifies, and makes those of `upgradeTo`. */
export class DigestryDriver {
  #verifier;

  constructor({ upgradeTo = 'argon2id' } = {}) {
    this.#verifier = createVerifier({ upgradeTo, equalize: true, maxQueue: 200 });
  }

  async make(value) {
    return (await this.#verifier.hash(value)).passwordDigest;
  }

  /** @param hashedValue null costs as much as a digest of `upgradeTo`, and never matches. */
  async verify(hashedValue, plainValue) {
    const verdict = await this.#verifier.verifyAny(plainValue, hashedValue);
    if (verdict.outcome === 'rejected' && FAILURES.includes(verdict.error.code)) throw verdict.error;
    return verdict.outcome === 'match';
  }

  isValidHash(value) {
    return identify(value).length > 0;
  }

  needsReHash(hashedValue) {
    const [candidate] = identify(hashedValue);
    if (candidate === undefined) return true;
    const credential = candidate.convertible ?? { passwordHasher: candidate.hasher, passwordDigest: hashedValue };
    return this.#verifier.needsRehash(credential);
  }
}
