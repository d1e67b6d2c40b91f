/**
 * What mutation testing mutates, and the tests that must notice. Few and quick tests: each mutant runs those that reach it.
 * A path that ends in "/" is all that is in the folder.
 * @type {Readonly<Record<string, { readonly mutate: readonly string[], readonly tests: readonly string[] }>>}
 */
export const PARTS = {
  policy: { mutate: ['src/policy.ts'], tests: ['test/policy/reasons.test.ts'] },
  verify: { mutate: ['src/verify.ts'], tests: ['test/verify-with.test.ts'] },
  registry: { mutate: ['src/registry.ts'], tests: ['test/registry.test.ts'] },
  login: { mutate: ['src/login/'], tests: ['test/login/*.test.ts'] },
  assess: {
    mutate: [
      'src/migration/assess/classify.ts',
      'src/migration/assess/row-assessor.ts',
      'src/migration/assess/repair.ts',
      'src/validate.ts',
    ],
    tests: [
      'test/migration/report.test.ts',
      'test/migration/cases.test.ts',
      'test/migration/assess/*.test.ts',
      'test/validate.test.ts',
    ],
  },
  recognize: { mutate: ['src/recognize/'], tests: ['test/recognize/*.test.ts'] },
};
