/** A question in a process of its own, so that none finds the heap of another: `answer.ts NAME`. Sends its rows. */
import type { Ask } from './row.js';

const [name = ''] = process.argv.slice(2);
const { ask }: { readonly ask: Ask } = await import(`../${name}.js`);
process.send?.(await ask());
process.disconnect?.();
