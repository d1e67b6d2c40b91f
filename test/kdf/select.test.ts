/** Which backend runs: by choice, by what loads, by what passes its self-test, by what the job needs. */
import { describe, expect, test } from 'vitest';
import type { Argon2Job, BcryptJob, Pbkdf2Job } from '../../src/jobs.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { portableCatalogue } from '../../src/kdf/catalogue-portable.js';
import type { Backend, BackendKind, Catalogue, HashFunctionsBackend } from '../../src/kdf/contract.js';
import { BackendAbsent, type Executor } from '../../src/kdf/executor.js';
import { type BackendChoice, type BackendNames, COSTLY_KDFS, selectBackends } from '../../src/kdf/select.js';

const job: Pbkdf2Job = { prf: 'sha1', password: Uint8Array.of(1), salt: Uint8Array.of(2), c: 1, dkLen: 4 };
const [digests, portableHashFunctions] = nodeCatalogue.hashFunctions as readonly [
  HashFunctionsBackend,
  HashFunctionsBackend,
];
const sound = nodeCatalogue.costly.pbkdf2.find(({ name }) => name === 'node:crypto') as Backend<Pbkdf2Job>;

interface Fake {
  readonly kind?: BackendKind;
  readonly fails?: string | Error;
  readonly wrong?: true;
  readonly blocking?: true;
  readonly cannot?: string;
}

/** Which backends were loaded, and which answered a job. */
interface Trace {
  readonly loaded: string[];
  readonly derived: string[];
}

function fake(name: string, behaviour: Fake, trace: Trace): Backend<Pbkdf2Job> {
  const { kind = 'native', fails, wrong, blocking = false, cannot } = behaviour;
  return {
    name,
    kind,
    blocking,
    // The self-test has c = 3: a backend must pass it before it may refuse a job.
    unsupported: ({ c }) => (c === 1 ? cannot : undefined),
    async load() {
      trace.loaded.push(name);
      if (fails !== undefined) throw fails;
      const derive = await sound.load();
      return (one, run) => {
        if (one.c === 1) trace.derived.push(name);
        return wrong ? new Uint8Array(one.dkLen) : derive(one, run);
      };
    },
  };
}

/** A catalogue whose PBKDF2 is these fakes, in this order. */
function catalogueOf(fakes: Readonly<Record<string, Fake>>): { readonly catalogue: Catalogue; readonly trace: Trace } {
  const trace: Trace = { loaded: [], derived: [] };
  const pbkdf2 = Object.entries(fakes).map(([name, behaviour]) => fake(name, behaviour, trace));
  return { catalogue: { ...nodeCatalogue, costly: { ...nodeCatalogue.costly, pbkdf2 } }, trace };
}

const pbkdf2Report = async (catalogue: Catalogue, choice?: BackendChoice) =>
  (await selectBackends(catalogue, choice).report()).filter(({ kdf }) => kdf === 'pbkdf2');

describe('without a choice', () => {
  test('the first of the catalogue runs, and the others are not loaded', async () => {
    const { catalogue, trace } = catalogueOf({ first: {}, second: {} });
    await selectBackends(catalogue).kdfs().pbkdf2(job);
    expect(trace).toEqual({ loaded: ['first'], derived: ['first'] });
  });

  test('nothing is loaded before it is needed', () => {
    const { catalogue, trace } = catalogueOf({ first: {} });
    selectBackends(catalogue).kdfs();
    expect(trace.loaded).toEqual([]);
  });

  test('a backend is loaded once for many calls', async () => {
    const { catalogue, trace } = catalogueOf({ first: {} });
    const backends = selectBackends(catalogue);
    await Promise.all([backends.kdfs().pbkdf2(job), backends.kdfs({}).pbkdf2(job), backends.report()]);
    expect(trace).toEqual({ loaded: ['first'], derived: ['first', 'first'] });
  });

  test('one selection remembers nothing of another', async () => {
    const { catalogue, trace } = catalogueOf({ first: {} });
    await selectBackends(catalogue).kdfs().pbkdf2(job);
    await selectBackends(catalogue).kdfs().pbkdf2(job);
    expect(trace.loaded).toEqual(['first', 'first']);
  });
});

describe('by choice', () => {
  test('a name takes that backend and no other', async () => {
    const { catalogue, trace } = catalogueOf({ first: {}, second: {} });
    await selectBackends(catalogue, { pbkdf2: 'second' as never })
      .kdfs()
      .pbkdf2(job);
    expect(trace).toEqual({ loaded: ['second'], derived: ['second'] });
  });

  test('a kind takes the first of that kind', async () => {
    const { catalogue, trace } = catalogueOf({ first: {}, second: { kind: 'portable' }, third: { kind: 'portable' } });
    await selectBackends(catalogue, { pbkdf2: 'portable' }).kdfs().pbkdf2(job);
    expect(trace.derived).toEqual(['second']);
  });

  test('the digests are chosen the same way', () => {
    expect(selectBackends(nodeCatalogue, { hash: 'portable' }).equal).toBe(portableHashFunctions.equal);
    expect(selectBackends(nodeCatalogue, { hash: 'node:crypto' }).equal).toBe(digests.equal);
    expect(selectBackends(nodeCatalogue).equal).toBe(digests.equal);
  });

  test('another KDF is left alone', async () => {
    const { catalogue, trace } = catalogueOf({ first: {}, second: {} });
    await selectBackends(catalogue, { scrypt: 'scrypt-js' }).kdfs().pbkdf2(job);
    expect(trace.derived).toEqual(['first']);
  });

  test('an undefined choice is none', async () => {
    const { catalogue, trace } = catalogueOf({ first: {} });
    await selectBackends(catalogue, { pbkdf2: undefined } as unknown as BackendChoice)
      .kdfs()
      .pbkdf2(job);
    expect(trace.derived).toEqual(['first']);
  });

  test.each([
    ['a backend of no name or kind', { pbkdf2: 'third' }, /\bpbkdf2\b/],
    ['a backend of another KDF', { bcrypt: 'scrypt-js' }, /\bbcrypt\b/],
    ['hash functions that there are not', { hash: 'bcryptjs' }, /\bhash\b/],
    ['a KDF that there is not', { pbkdf1: 'native' }, /KDF/],
    ['a name of Object.prototype as a KDF', { constructor: 'native' }, /KDF/],
    ['a name of Object.prototype as a backend', { pbkdf2: 'toString' }, /\bpbkdf2\b/],
    ['an empty name', { pbkdf2: '' }, /\bpbkdf2\b/],
  ])('%s is wrong use', (_, choice, message) => {
    const select = () => selectBackends(nodeCatalogue, choice as unknown as BackendChoice);
    expect(select).toThrow(TypeError);
    expect(select).toThrow(message);
  });

  test('wrong use is told with what there is', () => {
    expect(() => selectBackends(nodeCatalogue, { bcrypt: 'native' })).toThrow(/lanes, portable, digestry, bcryptjs/);
    expect(() => selectBackends(nodeCatalogue, { blake: 'x' } as unknown as BackendChoice)).toThrow(/bcrypt, pbkdf2/);
  });
});

describe('what does not work is passed over', () => {
  test('a loader that fails, with the first line of its reason', async () => {
    const { catalogue, trace } = catalogueOf({
      first: { fails: new Error('no addon here\nrequired from …') },
      second: {},
    });
    await selectBackends(catalogue).kdfs().pbkdf2(job);
    expect(trace.derived).toEqual(['second']);
    expect(await pbkdf2Report(catalogue)).toEqual([
      { kdf: 'pbkdf2', name: 'first', kind: 'native', state: 'absent', reason: 'no addon here' },
      { kdf: 'pbkdf2', name: 'second', kind: 'native', state: 'used' },
    ]);
  });

  test('a loader that throws something else than an Error', async () => {
    const { catalogue } = catalogueOf({ first: { fails: 'a text' }, second: {} });
    expect((await pbkdf2Report(catalogue))[0]).toMatchObject({ state: 'absent', reason: 'a text' });
  });

  test('a backend that gives a wrong answer in its self-test', async () => {
    const { catalogue, trace } = catalogueOf({ first: { wrong: true }, second: {} });
    await selectBackends(catalogue).kdfs().pbkdf2(job);
    expect(trace.derived).toEqual(['second']);
    const [first] = await pbkdf2Report(catalogue);
    expect(first).toMatchObject({ state: 'absent', reason: expect.stringContaining('self-test') });
  });

  test('a backend that cannot do the job, for that job only', async () => {
    const { catalogue, trace } = catalogueOf({ first: { cannot: 'c is 1' }, second: {} });
    const { pbkdf2 } = selectBackends(catalogue).kdfs();
    await pbkdf2(job);
    expect(trace.derived).toEqual(['second']);
    // It was not even loaded for the job that it cannot do.
    expect(trace.loaded).toEqual(['second']);
    await pbkdf2({ ...job, c: 2 });
    expect(trace.loaded).toEqual(['second', 'first']);
  });

  test('bcryptjs asked for $2x$ alone: nobody is left', async () => {
    const bcrypt: BcryptJob = { password: new Uint8Array(), salt: new Uint8Array(16), cost: 4, variant: '2x' };
    const { kdfs } = selectBackends(nodeCatalogue, { bcrypt: 'bcryptjs' });
    await expect(kdfs().bcrypt(bcrypt)).rejects.toMatchObject({
      code: 'ERR_BACKEND',
      message: expect.stringContaining('$2x$'),
    });
  });

  test('all of them: ERR_BACKEND with every reason', async () => {
    const { catalogue } = catalogueOf({
      first: { fails: new Error('no addon here') },
      second: { wrong: true },
      third: { cannot: 'c is 1' },
    });
    const { kdfs } = selectBackends(catalogue);
    const error = await kdfs()
      .pbkdf2(job)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'DigestError', code: 'ERR_BACKEND' });
    const { message } = error as Error;
    for (const reason of ['first: no addon here', 'second: ', 'third: c is 1']) {
      expect(message).toContain(reason);
    }
  });

  test('digests that fail their self-test, and ERR_BACKEND where none is left', () => {
    const broken: HashFunctionsBackend = { ...digests, name: 'broken', hash: () => new Uint8Array(16) };
    const fips: HashFunctionsBackend = {
      ...digests,
      name: 'fips',
      hash() {
        throw new Error('unsupported');
      },
    };
    const costly = nodeCatalogue.costly;
    expect(selectBackends({ hashFunctions: [broken, fips, portableHashFunctions], costly }).equal).toBe(
      portableHashFunctions.equal,
    );
    let error: unknown;
    try {
      selectBackends({ hashFunctions: [broken, fips], costly });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: 'DigestError', code: 'ERR_BACKEND' });
  });
});

describe('the type of a choice', () => {
  /** A record of each union, so that the compiler refuses a name too many or too few. */
  const NAMES: { readonly [K in keyof BackendNames]: Readonly<Record<BackendNames[K], true>> } = {
    hash: { 'node:crypto': true, '@noble/hashes': true },
    bcrypt: { lanes: true, digestry: true, bcryptjs: true },
    pbkdf2: { 'node:crypto': true, webcrypto: true, measured: true, lanes: true, '@noble/hashes': true },
    scrypt: { 'node:crypto': true, measured: true, lanes: true, '@noble/hashes': true, 'scrypt-js': true },
    argon2: { '@node-rs/argon2': true, 'node:crypto': true, argon2: true, lanes: true, '@noble/hashes': true },
    iteratedHash: { lanes: true, loops: true, 'node:crypto': true, '@noble/hashes': true },
    crypt: { lanes: true, yescrypt: true, 'node:crypto': true, digestry: true },
  };

  test.each(['hash', ...COSTLY_KDFS] as const)('has the names of the backends of %s', (kdf) => {
    const known = [nodeCatalogue, portableCatalogue].flatMap((catalogue) => {
      const all: readonly { readonly name: string }[] =
        kdf === 'hash' ? catalogue.hashFunctions : catalogue.costly[kdf];
      return all.map(({ name }) => name);
    });
    expect(Object.keys(NAMES[kdf]).sort()).toEqual([...new Set(known)].sort());
  });
});

describe('report', () => {
  test('has every backend of the catalogue, and one that is used for each KDF', async () => {
    const report = await selectBackends(nodeCatalogue).report();
    for (const kdf of ['hash', ...COSTLY_KDFS] as const) {
      const all: readonly { readonly name: string }[] =
        kdf === 'hash' ? nodeCatalogue.hashFunctions : nodeCatalogue.costly[kdf];
      const mine = report.filter((one) => one.kdf === kdf);
      expect(mine.map(({ name }) => name)).toEqual(all.map(({ name }) => name));
      expect(mine.filter(({ state }) => state === 'used')).toHaveLength(1);
    }
  });

  test('calls used what the choice would run, and available what it leaves out', async () => {
    const { catalogue } = catalogueOf({ first: {}, second: {}, third: {} });
    const states = (await pbkdf2Report(catalogue, { pbkdf2: 'second' as never })).map(({ state }) => state);
    expect(states).toEqual(['available', 'used', 'available']);
  });
});

describe('a call', () => {
  test('that is aborted before it starts derives nothing', async () => {
    const { catalogue, trace } = catalogueOf({ first: {} });
    const reason = new Error('gone');
    const { kdfs } = selectBackends(catalogue);
    await expect(kdfs({ signal: AbortSignal.abort(reason) }).pbkdf2(job)).rejects.toBe(reason);
    expect(trace).toEqual({ loaded: [], derived: [] });
  });

  test('hands its signal to the backend', async () => {
    const { signal } = new AbortController();
    let seen: unknown;
    const { catalogue } = catalogueOf({});
    const watching: Backend<Pbkdf2Job> = {
      ...sound,
      async load() {
        const derive = await sound.load();
        return (one, run) => {
          seen = run.signal;
          return derive(one, run);
        };
      },
    };
    const costly = { ...catalogue.costly, pbkdf2: [watching] };
    await selectBackends({ ...catalogue, costly })
      .kdfs({ signal })
      .pbkdf2(job);
    expect(seen).toBe(signal);
  });
});

describe('an executor', () => {
  /** Jobs run nowhere: it says which backend was asked, and answers as it is told. */
  function recorder(absent: Readonly<Record<string, string>>, note?: string): { executor: Executor; asked: string[] } {
    const asked: string[] = [];
    const executor: Executor = {
      async run({ kdf, backend: { name } }) {
        asked.push(`${kdf} ${name}`);
        if (absent[name] !== undefined) throw new BackendAbsent(absent[name]);
        return Uint8Array.of(1, 2, 3, 4);
      },
      probe: async ({ backend: { name } }) => absent[name],
      remark: ({ blocking }) => (blocking ? note : undefined),
    };
    return { executor, asked };
  }

  test('gets every costly job, and nothing is loaded here', async () => {
    const { catalogue, trace } = catalogueOf({ blocking: { blocking: true }, other: {} });
    const { executor, asked } = recorder({});
    expect([...(await selectBackends(catalogue, {}, executor).kdfs().pbkdf2(job))]).toEqual([1, 2, 3, 4]);
    await selectBackends(catalogue, { pbkdf2: 'other' as never }, executor)
      .kdfs()
      .pbkdf2(job);
    expect(asked).toEqual(['pbkdf2 blocking', 'pbkdf2 other']);
    expect(trace.loaded).toEqual([]);
  });

  test('that has no such backend is asked for the next one, and for that one only from then on', async () => {
    const { catalogue } = catalogueOf({ first: {}, second: {} });
    const { executor, asked } = recorder({ first: 'not there' });
    const backends = selectBackends(catalogue, {}, executor);
    await backends.kdfs().pbkdf2(job);
    await backends.kdfs().pbkdf2(job);
    expect(asked).toEqual(['pbkdf2 first', 'pbkdf2 second', 'pbkdf2 second']);
  });

  test('is what a report asks, with its remarks', async () => {
    const { catalogue } = catalogueOf({ first: {}, second: { blocking: true }, third: {} });
    const { executor } = recorder({ first: 'not there' }, 'runs here');
    const report = await selectBackends(catalogue, {}, executor).report();
    expect(report.filter(({ kdf }) => kdf === 'pbkdf2')).toEqual([
      { kdf: 'pbkdf2', name: 'first', kind: 'native', state: 'absent', reason: 'not there' },
      { kdf: 'pbkdf2', name: 'second', kind: 'native', state: 'used', reason: 'runs here' },
      { kdf: 'pbkdf2', name: 'third', kind: 'native', state: 'available' },
    ]);
  });

  test('that fails at a job is not taken for one without the backend', async () => {
    const { catalogue } = catalogueOf({ first: {}, second: {} });
    const failing: Executor = { ...recorder({}).executor, run: () => Promise.reject(new Error('no luck')) };
    await expect(selectBackends(catalogue, {}, failing).kdfs().pbkdf2(job)).rejects.toThrow('no luck');
  });
});

describe('where no backend is left, the fix', () => {
  const fixOf = async (choice: BackendChoice, kdf: 'argon2' | 'pbkdf2'): Promise<string> => {
    const absent: Executor = {
      run: () => Promise.reject(new BackendAbsent('not there')),
      probe: async () => 'not there',
    };
    const kdfs = selectBackends(nodeCatalogue, choice, absent).kdfs();
    const argon2 = {
      type: 'argon2id',
      version: 19,
      password: job.password,
      salt: job.salt,
      m: 8,
      t: 1,
      p: 1,
      dkLen: 4,
    };
    const error = kdf === 'pbkdf2' ? kdfs.pbkdf2(job) : kdfs.argon2(argon2 as Argon2Job);
    return error.then(String, ({ fix }) => fix);
  };

  test('of Argon2 names its packages', async () => {
    expect(await fixOf({}, 'argon2')).toContain('@node-rs/argon2');
  });

  test('of another KDF does not', async () => {
    expect(await fixOf({}, 'pbkdf2')).not.toMatch(/argon2/);
  });

  test('says that it is the choice that forbids the others', async () => {
    expect(await fixOf({ pbkdf2: 'portable' }, 'pbkdf2')).toContain("backends: { pbkdf2: 'portable' }");
    expect(await fixOf({ argon2: 'native' }, 'argon2')).toContain("backends: { argon2: 'native' }");
  });
});
