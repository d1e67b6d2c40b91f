/** What a whole process sees: it ends by itself, and no rejection goes unhandled. */
import { describe, expect, test } from 'vitest';
import { child } from '../support/child.js';

describe('a process', () => {
  test('ends by itself after verify()', async () => {
    const { stdout, stderr } = await child('console.log((await d.verify(password, bcrypt)).outcome)');
    expect({ stdout, stderr }).toEqual({ stdout: 'match\n', stderr: '' });
  });

  test('is not kept alive by a thread that has nothing to do', async () => {
    const { stdout } = await child(
      `console.log((await d.verify(password, bcrypt)).outcome);
       // Its threads are still there then: it has not waited until they end by themselves.
       process.on('exit', () => console.log(workers.length > 0 && workers.every(({ threadId }) => threadId !== -1)));`,
    );
    expect(stdout).toBe('match\ntrue\n');
  });

  test('waits for a verification that nobody awaits', async () => {
    const { stdout } = await child('d.verify(password, bcrypt).then((v) => console.log(v.outcome))');
    expect(stdout).toBe('match\n');
  });

  test('has no thread that was not needed', async () => {
    const { stdout } = await child(
      `await d.verify('x', { passwordHasher: 'md5', passwordDigest: '9cc2ae8a1ba7a93da39b46fc1019c481' });
       await d.verify(password, scrypt);
       console.log(process.getActiveResourcesInfo().filter((name) => name === 'MessagePort' || name === 'Worker').length)`,
    );
    expect(stdout).toBe('0\n');
  });

  test('ends by itself after close(), with verifications under way', async () => {
    const { stdout } = await child(
      `const verifier = d.createVerifier();
       await verifier.verify(password, bcrypt);
       const late = [slow, slow, scrypt].map((one) => verifier.verify(password, one));
       await Promise.all([verifier.close(), verifier.close()]);
       console.log(codes(await Promise.all([...late, verifier.verify(password, bcrypt)])))`,
    );
    expect(stdout).toBe('ERR_CLOSED ERR_CLOSED ERR_CLOSED ERR_CLOSED\n');
  });

  test('has no unhandled rejection where nobody awaits what is aborted or closed', async () => {
    const { stdout, stderr } = await child(
      `const verifier = d.createVerifier({ maxQueue: 2 });
       const controller = new AbortController();
       const { signal } = controller;
       process.on('warning', ({ name }) => console.log(name));
       const all = Array.from({ length: 1000 }, (_, i) => verifier.verify(password, i % 2 ? slow : scrypt, { signal }));
       await new Promise((resolve) => setImmediate(resolve));
       controller.abort(new Error('enough'));
       const seen = new Set((await Promise.all(all)).map((v) => v.error?.code));
       for (const [one] of [[slow], [scrypt], [bcrypt]]) verifier.verify(password, one);
       await verifier.close();
       console.log([...seen].sort().join(' '))`,
    );
    expect({ stdout, stderr }).toEqual({ stdout: 'ERR_ABORTED ERR_QUEUE_FULL\n', stderr: '' });
  });

  test('ends by itself after a plug-in asked for what cannot be sent to a thread', async () => {
    const { stdout } = await child(
      `const odd = d.defineHasher({
         name: 'odd',
         example: { digest: 'x' },
         parse: () => d.createParsed({}, new Uint8Array(), new Uint8Array(23)),
         serialize: () => 'x',
         cost: () => d.hashCost('md5'),
         derive: (password, _, kdfs) => kdfs.bcrypt({ password, salt: () => 'no bytes', cost: 4, variant: '2b' }),
       });
       const verifier = d.createVerifier({ registry: d.createRegistry([odd]) });
       console.log(codes([await verifier.verify(password, { passwordHasher: 'odd', passwordDigest: 'x' })]))`,
    );
    expect(stdout).toBe('ERR_BACKEND\n');
  });

  // Node's permission model refuses threads and addons: verification goes on without both.
  const permission = ['--permission', '--experimental-permission'].find((flag) =>
    process.allowedNodeEnvironmentFlags.has(flag),
  );
  test('verifies where policy forbids threads', async () => {
    expect(permission).toBeDefined();
    const { stdout } = await child(
      `const verifier = d.createVerifier();
       console.log(codes([await verifier.verify(password, bcrypt)]));
       const { state } = (await verifier.backends()).find(({ kdf, name }) => kdf === 'bcrypt' && name === 'lanes');
       console.log(state, typeof verifier.stats().threadless)`,
      permission as string,
      '--allow-fs-read=*',
    );
    expect(stdout).toBe('match\nused string\n');
  });
});
