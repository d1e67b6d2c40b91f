/**
 * The words that this project's English avoids, with what to write instead. README, docs, messages and comments are held
 * to this one list by test/meta/prose.test.ts.
 */

export interface Avoided {
  /** Matched without case; white space in it stands for a line break too. */
  readonly pattern: string;
  readonly instead: string;
}

export const AVOIDED: readonly Avoided[] = [
  { pattern: 'tells?|told|telling', instead: 'detect, report, distinguish or say' },
  { pattern: 'mend(?:s|ed|ing)?', instead: 'repair' },
  { pattern: 'behind', instead: 'after' },
  { pattern: 'beside', instead: 'next to' },
  { pattern: 'in front', instead: 'before' },
  { pattern: 'by (?:itself|themselves)', instead: 'name the cause, or leave it out' },
  { pattern: 'as a rule', instead: 'usually, or by default' },
  { pattern: 'who(?:ever|soever)', instead: 'name the person' },
  { pattern: '(?:nobody|anybody|everybody)', instead: 'name the person, or use the passive' },
  { pattern: 'so many', instead: 'N, or a number' },
  { pattern: 'from \\d+ on', instead: 'at least N' },
  { pattern: 'a (?:page|pod|thread|core|file|row|login|user|line|second|batch) an? [a-z]+', instead: 'one X per Y' },
  { pattern: 'l(?:ie|ies|ying|ay)', instead: 'is, are' },
  { pattern: 'stands?(?! (?:for|alone)\\b)', instead: 'is, are' },
  { pattern: 'there (?:is|are|was|were) (?:no|none)', instead: 'say what it is: unknown, missing, is not, has no' },
  {
    pattern:
      '(?:is|are|was|were) (?:no|none)(?! (?:longer|more|less|other|different|better|worse|smaller|larger|slower|faster|shorter|longer)\\b)',
    instead: 'is not a',
  },
  { pattern: '(?<!no )such(?! (?:as|an?)\\b)', instead: 'this, these, or name the thing' },
  { pattern: 'of theirs', instead: 'name the owner' },
  { pattern: 'where (?:absent|nothing is said)', instead: 'by default' },
  { pattern: '(?:is|are) to be said', instead: 'name it: warnings, notes' },
  { pattern: 'anew', instead: 'again' },
  { pattern: 'does so', instead: 'name the verb' },
];

/** A place where an avoided word is right. */
export interface Allowed {
  /** Path in the repository; each entry has to be needed. */
  readonly file: string;
  /** The words around it, on one line. */
  readonly text: string;
  readonly reason: string;
}

export const ALLOWED: readonly Allowed[] = [
  { file: 'CONTRIBUTING.md', text: 'no "what", "such" or "so many" for a noun', reason: 'names the words to avoid' },
];

/** Folders and files whose comments and sentences are held to the list. */
export const SOURCES: readonly string[] = ['docs/page', 'docs/site', 'scripts/prose/lint.ts', 'src'];
