/**
 * What mutation testing mutates, and the tests that must notice. Few and quick tests: each mutant runs those that reach it.
 * @type {Readonly<Record<string, { readonly mutate: readonly string[], readonly tests: readonly string[] }>>}
 */
export const PARTS = {
  policy: { mutate: ['src/policy.ts'], tests: ['test/policy/reasons.test.ts'] },
  registry: { mutate: ['src/registry.ts'], tests: ['test/registry.test.ts'] },
  verify: { mutate: ['src/verify.ts'], tests: ['test/verify-with.test.ts'] },
};
