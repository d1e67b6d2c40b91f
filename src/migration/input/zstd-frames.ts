/** Where the frames of zstd end, and the checksum of each: https://www.rfc-editor.org/rfc/rfc8878#section-3 */
const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
const DICTIONARY_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];
const SINGLE_SEGMENT = 0x20;
const HAS_CHECKSUM = 0x04;
const RUN_LENGTH = 1;

/** What comes next in the data. */
type Part = 'magic' | 'skippable-size' | 'descriptor' | 'header' | 'block' | 'checksum';

export class ZstdFrames {
  /** Of this frame, known before its content. */
  hasChecksum = false;
  /** Of the frame that ended last, where it has one. */
  checksum = 0;
  /** Nothing is missing: the data may end here. */
  isBetween = true;
  #part: Part = 'magic';
  readonly #bytes = new Uint8Array(16);
  readonly #view = new DataView(this.#bytes.buffer);
  /** Of the part: bytes that are there, and all of it. */
  #has = 0;
  #needs = 4;
  /** Content that is passed over. */
  #content = 0;
  #isLast = false;

  /**
   * @returns how many bytes belong to this frame: it has ended where it `isBetween` frames then.
   * @throws {RangeError} where the data is not a frame.
   */
  take(bytes: Uint8Array): number {
    for (let at = 0; at < bytes.length; ) {
      this.isBetween = false;
      if (this.#content > 0) {
        const passed = Math.min(this.#content, bytes.length - at);
        this.#content -= passed;
        at += passed;
        if (this.#content === 0) this.#leaveContent();
      } else {
        this.#bytes[this.#has++] = bytes[at++] as number;
        if (this.#has === this.#needs) this.#read();
      }
      if (this.isBetween) return at;
    }
    return bytes.length;
  }

  #read(): void {
    const view = this.#view;
    switch (this.#part) {
      case 'magic':
        this.#readMagic(view.getUint32(0, true));
        break;
      case 'skippable-size':
        this.#isLast = true;
        this.hasChecksum = false;
        this.#enterContent(view.getUint32(0, true));
        break;
      case 'descriptor':
        this.#readDescriptor(view.getUint8(0));
        break;
      case 'header':
        this.#expect('block', 3);
        break;
      case 'block': {
        const header = view.getUint16(0, true) | (view.getUint8(2) << 16);
        this.#isLast = (header & 1) === 1;
        this.#enterContent(((header >> 1) & 3) === RUN_LENGTH ? 1 : header >> 3);
        break;
      }
      case 'checksum':
        this.checksum = view.getUint32(0, true);
        this.#end();
    }
  }

  #readMagic(magic: number): void {
    if (magic === MAGIC) this.#expect('descriptor', 1);
    else if ((magic & ~15) === SKIPPABLE) this.#expect('skippable-size', 4);
    else throw new RangeError('other data than a frame of zstd');
  }

  #readDescriptor(flags: number): void {
    const isSingle = (flags & SINGLE_SEGMENT) !== 0;
    this.hasChecksum = (flags & HAS_CHECKSUM) !== 0;
    const size = flags >> 6 === 0 && isSingle ? 1 : (CONTENT_SIZE_BYTES[flags >> 6] as number);
    this.#expect('header', size + (DICTIONARY_BYTES[flags & 3] as number) + (isSingle ? 0 : 1));
  }

  #enterContent(bytes: number): void {
    this.#content = bytes;
    if (bytes === 0) this.#leaveContent();
  }

  #leaveContent(): void {
    if (!this.#isLast) this.#expect('block', 3);
    else if (this.hasChecksum) this.#expect('checksum', 4);
    else this.#end();
  }

  #expect(part: Part, bytes: number): void {
    this.#part = part;
    this.#needs = bytes;
    this.#has = 0;
  }

  #end(): void {
    this.isBetween = true;
    this.#expect('magic', 4);
  }
}
