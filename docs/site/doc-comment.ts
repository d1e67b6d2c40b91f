/** Reads the first comment of a hasher's file, which is the documentation of that hasher. */
import { readFileSync } from 'node:fs';

const SRC = new URL('../../src/', import.meta.url);

export interface TypicalParams {
  readonly params: Readonly<Record<string, number>>;
  /** The systems that write these parameters. */
  readonly who: string;
}

export interface HasherDoc {
  /** The first sentence. */
  readonly title: string;
  /** The rest of the first paragraph: specification and remarks. */
  readonly about: string;
  /** The annotated sample, shortened with "…" where it is long. */
  readonly sample: string;
  /** The meaning of (1), (2), … */
  readonly callouts: readonly string[];
  /** A regular expression; group i is the field with number i. */
  readonly grammar: string;
  readonly algorithm: string;
  readonly writtenBy: string;
  /** Only for hashers with parameters. */
  readonly typical: readonly TypicalParams[];
  readonly traps: readonly string[];
}

/** The first comment of a file in `src`, without its stars. */
export function firstComment(path: string): string {
  const [, comment] = /^\/\*\*\n?([\s\S]*?)\s*\*\//.exec(readFileSync(new URL(path, SRC), 'utf8')) ?? [];
  if (comment === undefined) throw new Error(`src/${path} does not begin with a comment`);
  return comment.replace(/^ \*(?: |$)/gm, '').trim();
}

export function hasherPath(name: string): string {
  return `hashers/${name.replaceAll('_', '-')}.ts`;
}

export function hasherDoc(name: string): HasherDoc {
  return parseHasherDoc(firstComment(hasherPath(name)), hasherPath(name));
}

/** @param file its name, for messages. */
export function parseHasherDoc(comment: string, file: string): HasherDoc {
  const missing = (what: string) => new Error(`src/${file}: its first comment has no ${what}`);
  const blocks = comment.split(/\n\n+/);
  const [head = '', drawing = ''] = blocks;
  const [, title = '', about = ''] = /^([\s\S]*?\.)(?:\s+([\s\S]*))?$/.exec(head) ?? [];
  if (title === '') throw missing('first sentence');
  const lines = drawing.split('\n');
  const sample = lines[0] ?? '';
  if (!sample.startsWith('    ') || sample.startsWith('    (1)')) throw missing('annotated sample');
  const callouts = lines.flatMap((line) => /^\(\d+\) (.*)$/.exec(line)?.[1] ?? []);
  if (callouts.length === 0) throw missing('call-outs (1), (2), …');

  /** The block after a label, or undefined. */
  const labelled = (label: string): string | undefined =>
    blocks
      .find((block) => block.startsWith(`${label}:`))
      ?.slice(label.length + 1)
      .trim();
  const needed = (label: string): string => {
    const text = labelled(label);
    if (text === undefined || text === '') throw missing(`block "${label}:"`);
    return text;
  };
  return {
    title: oneLine(title),
    about: oneLine(about),
    sample: sample.trim(),
    callouts,
    grammar: needed('Grammar').replace(/\n\s*/g, ''),
    algorithm: oneLine(needed('Algorithm')),
    writtenBy: oneLine(needed('Written by')),
    typical: typicalParams(oneLine(labelled('Typical') ?? ''), file),
    traps: needed('Traps')
      .split(/^- /m)
      .map(oneLine)
      .filter((trap) => trap !== ''),
  };
}

/** `cost=10 (Go, Supabase); cost=12 (PHP 8.4)` */
function typicalParams(text: string, file: string): TypicalParams[] {
  if (text === '') return [];
  return text.split('; ').map((set) => {
    const [, values, who] = /^(\w+=\d+(?:,\w+=\d+)*) \((.+)\)$/.exec(set) ?? [];
    if (values === undefined || who === undefined) {
      throw new Error(`src/${file}: typical parameters are name=number,… (who writes them); …`);
    }
    const params = values.split(',').map((pair) => pair.split('=') as [string, string]);
    return { params: Object.fromEntries(params.map(([name, value]) => [name, Number(value)])), who };
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
