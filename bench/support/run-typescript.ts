/** Arguments for a Node process that runs TypeScript as benchmarks do. */
export const RUN_TYPESCRIPT: readonly string[] = ['--import', new URL('./typescript.mjs', import.meta.url).href];
