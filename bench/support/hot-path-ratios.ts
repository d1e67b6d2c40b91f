/** One process's ratios, sent to its parent: V8 compiles each process a little differently, so there are several. */
import { hotPaths, ratioOf } from './hot-paths.js';

const ratios: Record<string, number> = {};
for (const path of hotPaths()) ratios[path.name] = await ratioOf(path);
process.send?.(ratios);
process.disconnect?.();
