import type { AnyHasher } from '../dist/index.js';

export function hasherTable(hashers: readonly AnyHasher[]): string;
export function tableInReadme(readme?: string): string;
