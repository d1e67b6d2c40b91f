/** An error that nobody expected, as one line for a report. */

/** The message stays out: it may quote a digest or a password. The class of the error and its place do not. */
export function bugLine(error: unknown, version: string): string {
  const what = error instanceof Error && /^\w+$/.test(error.name) ? error.name : 'error';
  const at = error instanceof Error ? /\n {4}at .*?\/(dist\/[\w./-]+:\d+:\d+)/.exec(error.stack ?? '')?.[1] : undefined;
  const place = at === undefined ? '' : ` at ${at}`;
  return `digestry: this is a bug of digestry, not of your data: please report "${what}${place}, digestry ${version}, node ${process.version}"`;
}
