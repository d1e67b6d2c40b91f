/**
 * What mutation testing mutates, and the tests that must notice. Few and quick tests: each mutant runs those that reach it.
 * A path that ends in "/" is all that is in the folder. `messages` are sections of the message corpus.
 * `entry` is what the tests load where that is not the whole library, which takes half a second. `settlesMs` is what a
 * promise may take where many mutants settle none: else each of those takes minutes. A property runs `runs` times at most.
 */
export const PARTS = {
  policy: { mutate: ['src/policy.ts'], tests: ['test/policy/reasons.test.ts'], messages: ['use'] },
  verify: { mutate: ['src/verify.ts'], tests: ['test/verify-with.test.ts'], messages: ['use'] },
  registry: { mutate: ['src/registry.ts'], tests: ['test/registry.test.ts'], messages: ['registry'] },
  'login-options': {
    mutate: ['src/login/call.ts', 'src/login/options.ts'],
    tests: ['test/login/{call,options,wrong-use}.test.ts'],
  },
  'login-pepper': { mutate: ['src/login/pepper.ts'], tests: ['test/login/{pepper,wrong-use}.test.ts'] },
  'login-equalize': {
    mutate: ['src/login/equalize-work.ts'],
    // Not equalize-work.test.ts, which derives.
    tests: ['test/login/burn-work.test.ts'],
    entry: 'src/login/equalize-work.ts',
  },
  'login-many': {
    mutate: ['src/login/many.ts', 'src/login/password-copy.ts', 'src/login/retry-when-full.ts'],
    tests: ['test/login/{retry-when-full,take-row}.test.ts'],
  },
  'login-rows': {
    mutate: ['src/login/verify-rows.ts'],
    tests: ['test/login/verify-rows.test.ts'],
    entry: 'src/login/verify-rows.ts',
    // Half of the mutants never end, as promises that nothing settles or as loops; the tests take milliseconds.
    settlesMs: 3000,
  },
  'login-calls': { mutate: ['src/login/recorded-calls.ts'], tests: ['test/login/recorded-calls.test.ts'] },
  'login-verifier': { mutate: ['src/login/verifier.ts'], tests: ['test/login/verifier-calls.test.ts'] },
  'login-scheme': {
    mutate: ['src/login/upgrade-scheme.ts'],
    tests: ['test/login/{recipes,wrong-use}.test.ts'],
  },
  'login-recipes': {
    mutate: ['src/login/recipes.ts'],
    tests: ['test/login/recipes.test.ts'],
    entry: 'src/login/upgrade-scheme.ts',
  },
  login: {
    mutate: [
      'src/login/any.ts',
      'src/login/default-verifier.ts',
      'src/login/hash.ts',
      'src/login/hooks.ts',
      'src/login/latency.ts',
      'src/login/needs-rehash.ts',
      'src/login/salt.ts',
      'src/login/stats.ts',
      'src/login/upgrade.ts',
    ],
    // Not those that take seconds: any, hash, stored and upgrade.
    tests: ['test/login/{candidates,default-verifier,latency,recipes,recorder,salt,save,stats}.test.ts'],
  },
  assess: {
    mutate: ['src/migration/assess/classify.ts'],
    // Not test/migration/cases.test.ts and report.test.ts, which take seconds.
    tests: ['test/migration/assess/{classify,outcomes}.test.ts'],
  },
  repair: {
    mutate: ['src/migration/assess/repair.ts'],
    tests: ['test/migration/assess/repair.test.ts'],
    entry: 'src/migration/assess/repair.ts',
  },
  rows: {
    mutate: ['src/migration/assess/row-assessor.ts'],
    tests: ['test/migration/assess/{row-assessor,row-memory}.test.ts'],
    entry: 'src/migration/assess/row-assessor.ts',
    runs: 5,
  },
  'digest-memory': {
    mutate: ['src/migration/assess/digest-memory.ts'],
    tests: ['test/migration/assess/digest-memory.test.ts'],
    entry: 'src/migration/assess/digest-memory.ts',
  },
  'parts-finder': {
    mutate: ['src/migration/assess/parts-finder.ts'],
    tests: ['test/migration/assess/parts-finder.test.ts'],
    entry: 'src/migration/assess/parts-finder.ts',
  },
  'row-memory': {
    mutate: ['src/migration/assess/row-memory.ts'],
    tests: ['test/migration/assess/row-forms.test.ts'],
    entry: 'src/migration/assess/row-memory.ts',
  },
  'canary-readings': {
    mutate: [
      'src/migration/assess/canaries/password-transforms.ts',
      'src/migration/assess/canaries/reinterpretations.ts',
    ],
    tests: ['test/migration/assess/canaries/{password-transforms,reinterpretations}.test.ts'],
    entry: 'src/migration/assess/canaries/reinterpretations.ts',
  },
  'canary-alternatives': {
    mutate: ['src/migration/assess/canaries/alternatives.ts'],
    tests: ['test/migration/assess/canaries/alternatives.test.ts'],
    entry: 'src/migration/assess/canaries/alternatives.ts',
  },
  'canary-salts': {
    mutate: ['src/migration/assess/canaries/separate-salt.ts'],
    tests: ['test/migration/assess/canaries/separate-salt.test.ts'],
    entry: 'src/migration/assess/canaries/separate-salt.ts',
  },
  'canary-rows': {
    mutate: ['src/migration/assess/canaries/found.ts', 'src/migration/assess/canaries/read.ts'],
    tests: ['test/migration/assess/canaries/{found,read}.test.ts'],
    entry: 'src/migration/assess/canaries/found.ts',
  },
  canaries: {
    mutate: ['src/migration/assess/canaries/verifiers.ts', 'src/migration/assess/canaries/verify.ts'],
    // Not canaries.test.ts there, which takes seconds.
    tests: ['test/migration/assess/canaries/verify.test.ts'],
    entry: 'src/migration/assess/canaries/verify.ts',
  },
  validate: { mutate: ['src/validate.ts'], tests: ['test/validate-rules.test.ts'], entry: 'src/validate.ts' },
  layouts: {
    mutate: ['src/migration/assess/fingerprint.ts', 'src/migration/assess/layouts/'],
    tests: ['test/migration/assess/fingerprint.test.ts', 'test/migration/assess/layouts/{codecs,spans}.test.ts'],
    entry: 'src/migration/assess/layouts/index.ts',
  },
  known: {
    mutate: ['src/recognize/known.ts'],
    tests: ['test/recognize/known-table.test.ts'],
    entry: 'src/recognize/known.ts',
  },
  systems: {
    mutate: ['src/recognize/systems/'],
    tests: ['test/recognize/systems.test.ts', 'test/recognize/written-forms.test.ts'],
    entry: 'src/recognize/systems/index.ts',
  },
  damage: {
    mutate: ['src/recognize/damage.ts', 'src/recognize/damage/'],
    tests: ['test/recognize/damages.test.ts'],
    entry: 'src/recognize/damage.ts',
  },
  convert: { mutate: ['src/recognize/convert.ts'], tests: ['test/recognize/repair.test.ts'] },
  explain: {
    mutate: [
      'src/recognize/diagnose.ts',
      'src/recognize/explain-damage.ts',
      'src/recognize/explain-name.ts',
      'src/recognize/explain-unsupported.ts',
      'src/recognize/explain-wrong-hasher.ts',
    ],
    // Not test/recognize/diagnose.test.ts, which takes seconds.
    tests: ['test/recognize/explanations.test.ts'],
    messages: ['digests'],
    entry: 'src/recognize/diagnose.ts',
  },
  recognize: {
    mutate: ['src/recognize/identify.ts', 'src/recognize/names.ts'],
    // Not those that take seconds: convert, diagnose, known, locked and wrappers.
    tests: ['test/recognize/{disabled,identify,look-alikes,names,phc-strings}.test.ts'],
    messages: ['digests'],
  },
  disabled: {
    mutate: ['src/recognize/disabled.ts'],
    tests: ['test/recognize/disabled.test.ts'],
    entry: 'src/recognize/disabled.ts',
  },
  signatures: {
    mutate: ['src/recognize/once.ts', 'src/recognize/signatures.ts'],
    tests: ['test/recognize/signatures.test.ts'],
    entry: 'src/recognize/signatures.ts',
  },
  'identify-damaged': {
    mutate: ['src/recognize/identify-damaged.ts'],
    tests: ['test/recognize/identify-damaged.test.ts'],
    entry: 'src/recognize/identify-damaged.ts',
  },
};
