/** What the kernels of LDIF (RFC 2849) ask of its bytes. */
import {
  and,
  block,
  eq,
  eqz,
  type I32,
  type Local,
  leU8,
  load8,
  ltU,
  or,
  type Scope,
  type Statement,
  splat8,
  sub8,
  type V128,
} from './assembler.js';

export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const SLASH = 47;
export const NINE = 57;
export const LOWER_A = 97;
export const LETTERS = 26;
export const ALL = 0xffff;

export const not = (condition: I32): I32 => eqz(condition);
export const isByte = (at: I32, byte: number): I32 => eq(load8(at), byte);
/** A line end is here: LF, or CR and LF. */
export const endsLine = (at: I32): I32 => or(isByte(at, LF), and(isByte(at, CR), eq(load8(at, 1), LF)));

/** Bytes in all lanes, each set once: a splat within a loop would be made again for each vector. */
export class Splats {
  readonly #local: Scope['local'];
  readonly #bytes = new Map<number, Local<'v128'>>();

  constructor({ local }: Scope) {
    this.#local = local;
  }

  of(byte: number): V128 {
    const value = byte & 0xff;
    let known = this.#bytes.get(value);
    if (known === undefined) {
      known = this.#local('v128');
      this.#bytes.set(value, known);
    }
    return known.get;
  }

  /** Whether all bytes are within a range. */
  within(bytes: V128, first: number, last: number): V128 {
    return leU8(sub8(bytes, this.of(first)), this.of(last - first));
  }

  /** Before the statements that use them, which are made first. */
  set(): Statement {
    return block(...[...this.#bytes].map(([byte, local]) => local.set(splat8(byte))));
  }
}

export function isSpaceBefore(at: Local<'i32'>, end: Local<'i32'>): I32 {
  return and(ltU(at.get, end.get), isByte(at.get, SPACE));
}
