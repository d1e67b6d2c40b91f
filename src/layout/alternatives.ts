/** A layout of several alternatives as one. */
import { DigestError, malformed } from '../errors.js';
import type { Params } from '../types.js';
import type { CompiledLayout, LayoutMatch } from './compiled.js';
import { nonCanonical } from './findings.js';

/** The first alternative that parses; where none does, the error of the one that came farthest. */
export function joinAlternatives(alternatives: readonly CompiledLayout[]): CompiledLayout {
  function print(params: Params, bytes: Readonly<Record<string, Uint8Array>>): string {
    let problem: unknown;
    for (const alternative of alternatives) {
      try {
        const text = alternative.print(params, bytes);
        // A field of another length prints as well.
        alternative.parse(text);
        return text;
      } catch (error) {
        problem ??= error;
      }
    }
    throw problem;
  }

  const prefixes = alternatives.some((one) => one.prefixes.length === 0)
    ? []
    : [...new Set(alternatives.flatMap((one) => one.prefixes))];

  const heads = listExclusiveHeads(alternatives);

  function parse(text: string): LayoutMatch {
    for (const { head, alternative, isFirst } of heads) {
      if (!text.startsWith(head)) continue;
      const match = alternative.parse(text);
      return isFirst ? match : withSpelling(match, text);
    }
    let problem: DigestError | undefined;
    for (const [i, alternative] of alternatives.entries()) {
      if (!alternative.mayFit(text)) continue;
      try {
        const match = alternative.parse(text);
        return i === 0 ? match : withSpelling(match, text);
      } catch (error) {
        problem = farther(problem, error);
      }
    }
    if (problem !== undefined) throw problem;
    for (const alternative of alternatives) {
      try {
        return alternative.parse(text);
      } catch (error) {
        problem = farther(problem, error);
      }
    }
    throw problem !== undefined && rank(problem) === -1 && prefixes.length > 1 ? noPrefix(prefixes, problem) : problem;
  }

  /** Another alternative than that which is printed means the same. */
  function withSpelling(match: LayoutMatch, text: string): LayoutMatch {
    if (match.warnings.some(({ code }) => code === 'WARN_NONCANONICAL')) return match;
    const canonical = print(match.params, match.bytes);
    if (canonical === text) return match;
    let at = 0;
    while (canonical[at] === text[at]) at++;
    const [written, usual] = [text, canonical].map((one) => prefixes.find((prefix) => one.startsWith(prefix)));
    const finding =
      written !== undefined && usual !== undefined && written !== usual
        ? nonCanonical(
            'prefix',
            at,
            `"${written}" is another spelling of "${usual}"`,
            `write "${usual}" for "${written}"`,
          )
        : nonCanonical('prefix', at, 'digest has another spelling of the same fields', 'write the canonical one');
    const { params, salt, hash, bytes, warnings } = match;
    return { params, salt, hash, bytes, warnings: [finding, ...warnings] };
  }

  const fitting = (text: string): CompiledLayout | undefined => alternatives.find((one) => one.mayFit(text));
  return {
    prefixes,
    fields: [...new Set(alternatives.flatMap(({ fields }) => fields))],
    freeTail: alternatives.some(({ freeTail }) => freeTail),
    pattern: `^(?:${alternatives.map(({ pattern }) => pattern.slice(1, -1).replace(/\(\?<\w+>/g, '(?:')).join('|')})$`,
    parse,
    print,
    locate: (text, field) => fitting(text)?.locate(text, field),
    mayFit: (text) => fitting(text) !== undefined,
    spans: (text) => fitting(text)?.spans(text),
    trimHash: alternatives.find(({ trimHash }) => trimHash !== undefined)?.trimHash,
  };
}

interface Head {
  readonly head: string;
  readonly alternative: CompiledLayout;
  readonly isFirst: boolean;
}

/** Beginnings that only one of the alternatives has: the others need not be tried. */
function listExclusiveHeads(alternatives: readonly CompiledLayout[]): readonly Head[] {
  if (alternatives.some(({ prefixes }) => prefixes.length === 0)) return [];
  const heads = alternatives.flatMap((alternative, i) =>
    alternative.prefixes.map((head) => ({ head, alternative, isFirst: i === 0 })),
  );
  const share = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);
  return heads.filter(({ head, alternative }) =>
    heads.every((one) => one.alternative === alternative || !share(one.head.toLowerCase(), head.toLowerCase())),
  );
}

/** An error of a prefix is of an alternative that was not meant. */
function farther(problem: DigestError | undefined, error: unknown): DigestError {
  if (!(error instanceof DigestError)) throw error;
  if (problem === undefined || rank(error) > rank(problem)) return error;
  return problem;
}

function rank({ field, offset = 0 }: DigestError): number {
  return field === 'prefix' || (field === 'scheme' && offset === 0) ? -1 : offset;
}

const SHOWN_PREFIXES = 8;

/** Where a digest begins with none of them, each is possible. */
function noPrefix(prefixes: readonly string[], { field = 'prefix' }: DigestError): DigestError {
  const shown = prefixes.slice(0, SHOWN_PREFIXES).map((prefix) => `"${prefix}"`);
  const more = prefixes.length > SHOWN_PREFIXES ? ', …' : '';
  return malformed(field, 0, `digest must begin with ${shown.join(' or ')}${more}`);
}
