/** npm run docs */
import { fileURLToPath } from 'node:url';
import { buildSite } from './build.js';

const out = fileURLToPath(new URL('../dist/', import.meta.url));
const built = await buildSite(out);
process.stdout.write(`${built.length} pages; open docs/dist/index.html\n`);
