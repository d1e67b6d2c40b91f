/** Our bcrypt in TypeScript against bcryptjs: one verification at a time, on one thread, cost 10. */
import { Bench } from 'tinybench';
import { nodeCatalogue } from '../dist/kdf/catalogue-node.js';
import { selectBackends } from '../dist/kdf/select.js';
import { thisThread } from '../dist/kdf/this-thread.js';
import { machine, say, show } from './support/show.js';

const job = {
  password: new TextEncoder().encode('correct horse battery staple'),
  salt: Uint8Array.from({ length: 16 }, (_, i) => i),
  cost: 10,
  variant: '2b',
} as const;

say(machine());
const bench = new Bench({ time: 3000, warmupTime: 500 });
for (const name of ['bcryptjs', 'digestry']) {
  const kdfs = selectBackends(nodeCatalogue, { bcrypt: name }, thisThread(Number.POSITIVE_INFINITY)).kdfs();
  bench.add(name, async () => {
    await kdfs.bcrypt(job);
  });
}
await bench.run();
show('bcrypt cost 10', bench);
