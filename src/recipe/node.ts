/** A derivation as an expression: what its nodes are. Plain objects that JSON can hold. */

/** A field of the digest or of its row; `x` is the running value inside `iterate`. Bytes, a number or a word. */
export interface VariableNode {
  readonly kind: 'variable';
  /** In full: `password`, `salt`, `username`; any other field by its name. */
  readonly name: string;
}

/** Bytes that are the same for each password. */
export interface LiteralNode {
  readonly kind: 'literal';
  readonly hex: string;
}

/** Bytes one after the other. */
export interface JoinNode {
  readonly kind: 'join';
  readonly parts: readonly Node[];
}

/** A function of the table. A hash here is its bytes: the hexadecimal text of a nested hash is a call of `hex`. */
export interface CallNode {
  readonly kind: 'call';
  readonly name: string;
  /** Without those at the end that are the default ones. */
  readonly args: readonly Node[];
}

/** x = first, then `count` times x = body. */
export interface IterateNode {
  readonly kind: 'iterate';
  readonly count: Node;
  readonly first: Node;
  readonly body: Node;
  /** Whether the last step gives its bytes, where each other step gives their text. */
  readonly bytes: boolean;
}

export interface NumberNode {
  readonly kind: 'number';
  readonly value: number;
}

export interface ArithmeticNode {
  readonly kind: 'arithmetic';
  readonly operator: '+' | '-' | '*' | '^';
  readonly left: Node;
  readonly right: Node;
}

export type Node = VariableNode | LiteralNode | JoinNode | CallNode | IterateNode | NumberNode | ArithmeticNode;

/** The names that John the Ripper's notation has for these. */
export const SHORT_NAMES: Readonly<Record<string, string>> = { password: 'p', salt: 's', username: 'u' };
