/** What readers answer to texts, as the text of a golden file. */

type Reader = (text: string) => unknown;

/** Anchors and lengths count: the same text with something around it, and cut off. */
const VARIANTS: readonly (readonly [name: string, change: (text: string) => string])[] = [
  ['after a letter', (text) => `x${text}`],
  ['before a "!"', (text) => `${text}!`],
  ['without its first', (text) => text.slice(1)],
  ['without its last', (text) => text.slice(0, -1)],
];

/** A paragraph for each text: the answers to it, and to its variants where they are answered. */
export function listAnswers(texts: readonly string[], readers: Readonly<Record<string, Reader>>): string {
  return [...new Set(texts)].map((text) => `${paragraph(text, readers).join('\n')}\n`).join('\n');
}

function paragraph(text: string, readers: Readonly<Record<string, Reader>>): string[] {
  const lines = [JSON.stringify(text)];
  for (const [name, read] of Object.entries(readers)) {
    const own = answer(read, text);
    if (own !== undefined) lines.push(`  ${name}: ${own}`);
    for (const [variant, change] of VARIANTS) {
      const changed = change(text);
      const found = changed === text ? undefined : answer(read, changed);
      if (found !== undefined) lines.push(`    ${name} ${variant}: ${found === own ? 'the same' : found}`);
    }
  }
  return lines;
}

function answer(read: Reader, text: string): string | undefined {
  try {
    return JSON.stringify(read(text));
  } catch (error) {
    const { code, field, offset, message } = error as Record<string, unknown>;
    return `throws ${JSON.stringify({ code, field, offset, message })}`;
  }
}
