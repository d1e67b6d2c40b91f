/** Finds the parts of a digest in the bytes of a row: as it is, as its source takes it, or in two or more values. */
import type { Buffer } from 'node:buffer';
import { utf8 } from '../../encoding/bytes.js';
import type { RowSpans } from '../rows/index.js';
import type { DigestForm, JoinedDigest } from '../sources/index.js';
import { isEqual } from './digest-memory.js';
import {
  createDigestSpans,
  type DigestLayout,
  type DigestSpans,
  findLayout,
  layouts,
  readBase64Parts,
} from './layouts/index.js';

/** Names of hashers that are remembered. */
const MAX_REMEMBERED = 64;
/** Stands for digests whose parts were located in a value of JSON: their key says of which layout they are. */
const LOCATED = {};
const NO_BYTES = new Uint8Array();

/** A hasher's name, and the layout of its digests where they have one. */
interface NamedLayout {
  readonly name: Uint8Array;
  readonly layout: DigestLayout | undefined;
}

export class PartsFinder {
  /** Where the parts of the last digest are. */
  readonly digest: DigestSpans = createDigestSpans();
  /** Its layout, or how its source takes digests of one: an object for each. */
  form: object = LOCATED;
  /** Undefined where the key decides. */
  layout: DigestLayout | undefined;
  /** Of the hasher that the last row named: the same object as long as the name is the same. */
  name: Uint8Array = NO_BYTES;
  /** Names that were met, the last one first. */
  readonly #names: NamedLayout[] = [];

  /** @returns false where the row is to be read as text. */
  find(spans: RowSpans): boolean {
    if (spans.isLocated) return this.#turnTo(LOCATED, undefined, readBase64Parts(spans.bytes, spans, this.digest));
    return spans.joined === undefined ? this.#findDigest(spans) : this.#findJoined(spans, spans.joined);
  }

  #turnTo(form: object, layout: DigestLayout | undefined, isFound: boolean): boolean {
    this.form = form;
    this.layout = layout;
    return isFound && !this.digest.mayBeRefused;
  }

  #findDigest({ bytes, hasher, hasherEnd, digest, digestEnd, forms }: RowSpans): boolean {
    const isNamed = hasher !== hasherEnd;
    const layout = isNamed ? this.#layoutNamed(bytes, hasher, hasherEnd) : findLayout(bytes, digest, digestEnd);
    if (layout !== undefined) return this.#turnTo(layout, layout, layout.read(bytes, digest, digestEnd, this.digest));
    const form = isNamed || forms === undefined ? undefined : findForm(forms, bytes, digest, digestEnd);
    if (form === undefined) return false;
    return this.#turnTo(form, form.layout, form.layout.read(bytes, digest + form.skip, digestEnd, this.digest));
  }

  #findJoined({ bytes, salt, saltEnd, digest, digestEnd }: RowSpans, joined: JoinedDigest): boolean {
    const layout = layouts.get(joined.hasher);
    const isFound = layout?.readParts?.(bytes, salt, saltEnd, digest, digestEnd, this.digest) === true;
    return this.#turnTo(joined, layout, isFound);
  }

  #layoutNamed(bytes: Buffer, start: number, end: number): DigestLayout | undefined {
    const names = this.#names;
    for (let i = 0; i < names.length; i++) {
      const named = names[i] as NamedLayout;
      if (named.name.length !== end - start || !isEqual(named.name, bytes, start)) continue;
      if (i > 0) {
        names[i] = names[i - 1] as NamedLayout;
        names[i - 1] = named;
      }
      this.name = named.name;
      return named.layout;
    }
    const layout = layouts.get(bytes.toString('latin1', start, end));
    this.name = Uint8Array.from(bytes.subarray(start, end));
    if (names.length < MAX_REMEMBERED) names.push({ name: this.name, layout });
    return layout;
  }
}

interface KnownForm extends DigestForm {
  readonly start: Uint8Array;
  readonly layout: DigestLayout;
}

const knownForms = new WeakMap<readonly DigestForm[], readonly KnownForm[]>();

function findForm(forms: readonly DigestForm[], bytes: Uint8Array, at: number, end: number): KnownForm | undefined {
  let known = knownForms.get(forms);
  if (known === undefined) {
    known = forms.flatMap((form) => {
      const layout = layouts.get(form.hasher);
      return layout === undefined ? [] : { ...form, layout, start: utf8(form.prefix) };
    });
    knownForms.set(forms, known);
  }
  for (let i = 0; i < known.length; i++) {
    const form = known[i] as KnownForm;
    if (end - at > form.start.length && isEqual(form.start, bytes, at)) return form;
  }
  return undefined;
}
