export function pages(): string[];
export function readPage(page: string): string;
export function withCode(text: string): string;
