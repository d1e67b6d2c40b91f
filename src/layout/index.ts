/** Digest grammars as data. */
export { compileField, compileLayout } from './compile.js';
export type { CompiledLayout, FieldSpan, LayoutMatch } from './compiled.js';
export * from './grammar.js';
export type * from './types.js';
