/** One thread's part of a search: what is likely first, what is cheap before what is dear. */
import type { Kdfs } from '../jobs.js';
import { nextTask } from '../kdf/pause.js';
import { compileRecipe, parseRecipe } from '../recipe/index.js';
import type { AnyHasher } from '../types.js';
import { findChains } from './chains.js';
import { type DerivationPlan, findPbkdf2, listCostly } from './derivations.js';
import { createSearch, type Search, type Share } from './expressions.js';
import type { KnownRow } from './known.js';
import { findNames, listNamed, matches, type Named, recipeOf, spellOver } from './named.js';
import { type Reading, readDigest } from './readings.js';
import { listValues, type Part } from './values.js';

/** What was found, and holds for each known password. */
export interface Finding {
  /** Canonical, in John the Ripper's notation. Absent where a hasher that is code was found. */
  readonly recipe?: string;
  /** Hashers that are this. */
  readonly hashers: readonly string[];
  /** How the digest holds its hash and salt. Absent where a hasher reads it. */
  readonly reading?: string;
}

export interface SearchOptions {
  readonly rows: readonly KnownRow[];
  readonly hashers: readonly AnyHasher[];
  readonly kdfs: Kdfs;
  readonly share: Share;
  readonly goesOn: (tried: number) => boolean;
}

export interface SearchResult {
  readonly found: Finding | undefined;
  readonly tried: number;
  /** The weight of the heaviest expressions that were all tried. */
  readonly weight: number;
}

/** The expressions before anything that takes milliseconds. */
const FIRST_WEIGHT = 6;
const LAST_WEIGHT = 16;
const CHAIN_STEPS = 2048;
const LONG_CHAIN_STEPS = 100_000;
const PBKDF2_ITERATIONS = 20_000;
const MANY_PBKDF2_ITERATIONS = 110_000;
/** Bytes of what may be a salt of a KDF. */
const MAX_SALT_BYTES = 1000;

export function searchRows(options: SearchOptions): Promise<SearchResult> {
  return new Run(options).run();
}

/** The rows as one kind of reading has them. */
interface ReadRows {
  readonly readings: readonly Reading[];
  readonly values: readonly Part[];
  readonly search: Search;
  readonly wanted: Uint8Array;
}

class Stopped extends Error {}

class Run {
  readonly #options: SearchOptions;
  readonly #kinds: readonly ReadRows[];
  #tried = 0;
  #shared = 0;
  #weight = 0;
  /** Recipes that hold for the first row and not for another. */
  readonly #refuted = new Set<string>();

  constructor(options: SearchOptions) {
    this.#options = options;
    this.#kinds = readKinds(options);
  }

  async run(): Promise<SearchResult> {
    let found: Finding | undefined;
    try {
      found = await this.#search();
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    }
    return { found, tried: this.#count(), weight: this.#weight };
  }

  async #search(): Promise<Finding | undefined> {
    const named = listNamed(this.#options.hashers, this.#options.rows);
    const cheap = named.filter(({ ms }) => ms < 1);
    const costly = named.slice(cheap.length);
    return (
      (await this.#tryNamed(cheap, true)) ??
      (await this.#levels(1, FIRST_WEIGHT)) ??
      (await this.#tryNamed(costly, false)) ??
      (await this.#levels(FIRST_WEIGHT + 1, FIRST_WEIGHT + 2)) ??
      // Only a digest that says so is one of a KDF for certain.
      (await this.#tryPrepared(costly.filter(({ hasher }) => hasher.prefixes.length > 0))) ??
      (await this.#loops(CHAIN_STEPS, PBKDF2_ITERATIONS, 1)) ??
      (await this.#levels(FIRST_WEIGHT + 3, FIRST_WEIGHT + 4)) ??
      // A minute and more.
      (await this.#costly(1)) ??
      (await this.#levels(FIRST_WEIGHT + 5, FIRST_WEIGHT + 5)) ??
      (await this.#loops(LONG_CHAIN_STEPS, MANY_PBKDF2_ITERATIONS, 4)) ??
      (await this.#levels(FIRST_WEIGHT + 6, LAST_WEIGHT))
    );
  }

  #count(): number {
    return this.#kinds.reduce((sum, { search }) => sum + search.tried, this.#tried);
  }

  /** Whether the next piece of work is this thread's. */
  readonly #takes = (): boolean => this.#shared++ % this.#options.share.of === this.#options.share.index;
  readonly #countOne = (): void => {
    this.#tried++;
  };

  async #pause(): Promise<void> {
    if (!this.#options.goesOn(this.#count())) throw new Stopped();
    await nextTask();
  }

  /** Those that hold for each row. Cheap ones are tried by every thread, so that all names of one derivation are found. */
  async #tryNamed(named: readonly Named[], cheap: boolean): Promise<Finding | undefined> {
    const { rows, kdfs } = this.#options;
    const hashers: AnyHasher[] = [];
    for (const { hasher, parsed } of named) {
      if (!cheap && !this.#takes()) continue;
      await this.#pause();
      let all = true;
      for (const [i, row] of rows.entries()) {
        this.#tried++;
        all = await matches(hasher, parsed[i] as Named['parsed'][number], row.password, kdfs);
        if (!all) break;
      }
      if (all) hashers.push(hasher);
      if (all && !cheap) break;
    }
    const [first] = hashers;
    if (first === undefined) return undefined;
    const recipe = recipeOf(first);
    return { ...(recipe !== undefined && { recipe }), hashers: hashers.map(({ name }) => name) };
  }

  /** A KDF whose password was hashed or joined before: `bcrypt(md5($p))`. */
  async #tryPrepared(named: readonly Named[]): Promise<Finding | undefined> {
    if (named.length === 0) return undefined;
    const values = listValues(this.#options.rows.map((row) => ({ row, reading: NO_READING })));
    const [{ parsed } = { parsed: [] }] = named;
    const search = createSearch(values, parsed[0]?.hash ?? new Uint8Array(), this.#options.kdfs);
    for (const _ of search.level(1)) await this.#pause();
    for (let weight = 2; weight <= PREPARED_WEIGHT; weight++) for (const _ of search.level(weight)) await this.#pause();
    for (const part of search.listSequences(PREPARED_WEIGHT)) {
      if (part.text() === '$p') continue;
      for (const { hasher, parsed } of named) {
        if (!this.#takes()) continue;
        await this.#pause();
        this.#tried++;
        if (!(await matches(hasher, parsed[0] as Named['parsed'][number], part.bytes, this.#options.kdfs))) continue;
        if (await this.#holdsOver(hasher, parsed, part.text())) {
          return { recipe: spellOver(hasher, part.text()), hashers: [] };
        }
      }
    }
    return undefined;
  }

  async #holdsOver(hasher: AnyHasher, parsed: Named['parsed'], password: string): Promise<boolean> {
    for (const [i, row] of this.#options.rows.entries()) {
      const input = { password: row.password, bytes: row.fields, params: {}, hashBytes: 0 };
      // A hash at the top of a recipe is its bytes; here it is an argument.
      const prepared = await compileRecipe(parseRecipe(`slice(${password}, 0)`)).derive(input, this.#options.kdfs);
      const { kdfs } = this.#options;
      if (!(await matches(hasher, parsed[i] as Named['parsed'][number], prepared, kdfs))) return false;
    }
    return true;
  }

  async #levels(from: number, to: number): Promise<Finding | undefined> {
    for (let weight = from; weight <= to; weight++) {
      for (const kind of this.#kinds) {
        // What is an unlikely reading is tried with simple expressions only.
        if (weight > LAST_WEIGHT - 2 * rankOf(kind)) continue;
        const found = await this.#follow(kind, kind.search.level(Math.max(1, weight)));
        if (found !== undefined) return found;
      }
      this.#weight = weight;
    }
    return undefined;
  }

  async #loops(steps: number, iterations: number, passwordWeight: number): Promise<Finding | undefined> {
    const { kdfs } = this.#options;
    for (const kind of this.#kinds) {
      const starts = kind.search.listSequences(2).filter(({ depth }) => depth === 0);
      const salts = kind.values.filter(({ separates, weight }) => !separates && weight <= 1);
      const plan = { starts, salts, steps, wanted: kind.wanted };
      const found =
        (await this.#follow(kind, findChains(plan, kdfs, this.#takes, this.#countOne))) ??
        (await this.#follow(
          kind,
          findPbkdf2(derivationPlan(kind, passwordWeight), iterations, kdfs, this.#takes, this.#countOne),
        ));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #costly(passwordWeight: number): Promise<Finding | undefined> {
    for (const kind of this.#kinds) {
      const numbers = [...new Set(kind.readings[0]?.numbers ?? [])].filter((n) => n > 0 && n <= 2_000_000);
      for (const { recipe, derive } of listCostly(derivationPlan(kind, passwordWeight), numbers)) {
        if (!this.#takes()) continue;
        await this.#pause();
        this.#tried++;
        const hash = await derive(this.#options.kdfs);
        if (!hash.every((byte, i) => byte === kind.wanted[i])) continue;
        const found = await this.#confirm(kind, recipe);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  /** Goes through candidates; the first that holds for all rows. */
  async #follow(kind: ReadRows, hits: Generator<string | undefined, void, void>): Promise<Finding | undefined> {
    for (const hit of hits) {
      if (hit === undefined) await this.#pause();
      else {
        const found = await this.#confirm(kind, hit);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  async #confirm({ readings }: ReadRows, text: string): Promise<Finding | undefined> {
    const recipe = parseRecipe(text);
    if (this.#refuted.has(recipe.text)) return undefined;
    const compiled = compileRecipe(recipe);
    for (const [i, row] of this.#options.rows.entries()) {
      const { hash, fields } = readings[i] as Reading;
      const bytes = { ...row.fields, ...fields };
      const input = { password: row.password, bytes, params: {}, hashBytes: hash.length };
      const derived = await compiled.derive(input, this.#options.kdfs);
      if (derived.length === hash.length && derived.every((byte, at) => byte === hash[at])) continue;
      this.#refuted.add(recipe.text);
      return undefined;
    }
    const [{ description = '' } = {}] = readings;
    return { recipe: recipe.text, hashers: findNames(recipe.text, this.#options.hashers), reading: description };
  }
}

const PREPARED_WEIGHT = 6;
const NO_READING: Reading = {
  ...{ kind: '', description: '', rank: 0, hash: new Uint8Array(), fields: {}, numbers: [] },
};

function rankOf({ readings }: ReadRows): number {
  return readings[0]?.rank ?? 0;
}

function derivationPlan({ values, search, wanted }: ReadRows, passwordWeight: number): DerivationPlan {
  const passwords = search.listSequences(passwordWeight).slice(0, passwordWeight === 1 ? 1 : 12);
  const salts = values
    .filter(({ hasPassword, separates, bytes }) => !hasPassword && !separates && bytes.length <= MAX_SALT_BYTES)
    .sort((a, b) => a.weight - b.weight)
    .slice(0, passwordWeight === 1 ? 4 : 8);
  return { passwords, salts, wanted };
}

/** Readings that all rows have. */
function readKinds({ rows, kdfs, share }: SearchOptions): ReadRows[] {
  const [first, ...others] = rows.map(({ digest }) => readDigest(digest));
  return (first ?? []).flatMap((reading): ReadRows[] => {
    const more = others.map((list) => list.find(({ kind }) => kind === reading.kind));
    if (more.includes(undefined)) return [];
    const readings = [reading, ...(more as Reading[])];
    const values = listValues(rows.map((row, i) => ({ row, reading: readings[i] as Reading })));
    return [{ readings, values, wanted: reading.hash, search: createSearch(values, reading.hash, kdfs, share) }];
  });
}
