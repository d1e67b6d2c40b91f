/** The attributes of an entry, in their order: the number of each name, how its value is written, and where that begins and ends. */
const NUMBER = 0;
const FORM = 1;
const START = 2;
const END = 3;
const WORDS = 4;
const FIRST_ROOM = 64;

/** Filled again for each entry. */
export class LdifAttributes {
  count = 0;
  #words = new Int32Array(FIRST_ROOM * WORDS);

  clear(): void {
    this.count = 0;
  }

  add(number: number, form: number, start: number, end: number): void {
    const at = WORDS * this.count++;
    if (at === this.#words.length) {
      const more = new Int32Array(2 * at);
      more.set(this.#words);
      this.#words = more;
    }
    const words = this.#words;
    words[at + NUMBER] = number;
    words[at + FORM] = form;
    words[at + START] = start;
    words[at + END] = end;
  }

  numberAt(attribute: number): number {
    return this.#words[WORDS * attribute + NUMBER] as number;
  }

  formAt(attribute: number): number {
    return this.#words[WORDS * attribute + FORM] as number;
  }

  startAt(attribute: number): number {
    return this.#words[WORDS * attribute + START] as number;
  }

  endAt(attribute: number): number {
    return this.#words[WORDS * attribute + END] as number;
  }

  /** The next attribute of a name, or -1. */
  find(number: number, from: number): number {
    const words = this.#words;
    for (let i = from; i < this.count; i++) if (words[WORDS * i] === number) return i;
    return -1;
  }
}
