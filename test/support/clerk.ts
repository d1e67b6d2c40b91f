/** The library's functions over the 22 hashers alone: what they say of other digests, without the formats. */
import * as library from '../../src/index.js';
import { clerkRegistry } from '../../src/library.js';

const registry = clerkRegistry;
let shared: library.Verifier | undefined;

export const parse: typeof library.parse = (credential, options) => library.parse(credential, { registry, ...options });
export const validate: typeof library.validate = (credential, options) =>
  library.validate(credential, { registry, ...options });
export const identify: typeof library.identify = (digest, options) =>
  library.identify(digest, { registry, ...options });
export const convert: typeof library.convert = (text, options) => library.convert(text, { registry, ...options });
export const repair: typeof library.repair = (credential, options) =>
  library.repair(credential, { registry, ...options });
export const verify: typeof library.verify = (password, credential, options) => {
  shared ??= library.createVerifier({ registry });
  return shared.verify(password, credential, options);
};
