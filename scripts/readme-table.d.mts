import type { AnyHasher } from '../src/index.js';

export function hasherTable(hashers: readonly AnyHasher[]): string;
export function tableInReadme(readme?: string): string;
