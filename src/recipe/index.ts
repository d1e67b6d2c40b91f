/** Derivations as expressions: `sha1($s.sha1($p))` read, printed, compared and compiled. */
export { replaceVariables } from './build.js';
export { type CompiledRecipe, compileRecipe } from './compile.js';
export type { FunctionTable, RecipeFunction } from './functions/contract.js';
export { FUNCTIONS } from './functions/index.js';
export { CAPITAL, hexBytes, SMALL } from './functions/text.js';
export { type Bindings, type BoundRecipe, matchRecipe } from './match.js';
export type { Node } from './node.js';
export { outputBytes } from './output-bytes.js';
export { isSameRecipe, parseRecipe, type Recipe } from './parse.js';
export { printRecipe } from './print.js';
export type { RecipeInput } from './step.js';
