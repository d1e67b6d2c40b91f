/** A question in a process of its own, so that none finds the heap of another: `answer.ts NAME [ARGUMENT]…`. Sends its rows. */
import type { Ask, Row } from './row.js';

const [name = '', ...args] = process.argv.slice(2);
const { ask }: { readonly ask: Ask } = await import(`../${name}.js`);
const rows = await ask(args);
process.send?.(rows.map(answered));
process.disconnect?.();

/** On a machine that is too busy, a service may answer nobody within the window that counts. */
function answered(row: Row): Row {
  if (row.measured === undefined || Number.isFinite(row.measured.value)) return row;
  const { what, against, wanted } = row;
  return {
    what,
    ...(against !== undefined && { against }),
    ...(wanted !== undefined && { wanted }),
    missing: 'no answer',
  };
}
