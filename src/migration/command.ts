/** What the command line uses of migration in addition to its public index. */
export { checkAlong } from './check.js';
export { decodeText } from './input/text.js';
export { outFormats } from './output/formats.js';
export { linesOf } from './rows/index.js';
export { sources } from './sources/index.js';
