/** The pieces of a digest that no message may show. */

/** Every 8 characters in a row of a digest's salt, hash or keys: runs of 12 and more that are no name of a format. */
export function pieces(digest: string): string[] {
  const found: string[] = [];
  for (const [run] of digest.matchAll(/[A-Za-z0-9+/=.]{12,}/g)) {
    for (let i = 0; i + 8 <= run.length; i++) found.push(run.slice(i, i + 8));
  }
  return found;
}

/** The pieces of the digest that the text, or the value as JSON, shows. */
export function shown(digest: string, value: unknown): string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return pieces(digest).filter((piece) => text.includes(piece));
}
