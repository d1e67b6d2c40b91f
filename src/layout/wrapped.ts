/** A digest inside a digest: Base64 of a text that has its own layout, filled up with NUL. */
import { base64, decodeBase64, encodeBase64 } from '../encoding/base64.js';
import { latin1 } from '../encoding/bytes.js';
import { DigestError, digestError, malformed } from '../errors.js';
import type { CompiledLayout } from './compiled.js';
import type { Layout, Wrapped } from './types.js';

const WELL_FORMED = /^[A-Za-z0-9+/]*={0,2}$/;

export function compileWrapped(
  { bytes, layout }: Wrapped,
  compile: (layout: Layout) => CompiledLayout,
): CompiledLayout {
  const inner = compile(layout);
  const chars = Math.ceil(bytes / 3) * 4;

  function unwrap(text: string): string {
    const whole = decodeBase64(text, 0, text.length, 'hash', base64, bytes);
    if (whole.length !== bytes) {
      throw malformed('hash', text.length, `digest must hold ${bytes} bytes (holds ${whole.length})`);
    }
    let end = whole.length;
    while (end > 0 && whole[end - 1] === 0) end--;
    return String.fromCharCode(...whole.subarray(0, end));
  }

  return {
    prefixes: inner.prefixes.map((prefix) =>
      encodeBase64(latin1(prefix.slice(0, prefix.length - (prefix.length % 3)))),
    ),
    fields: inner.fields,
    freeTail: false,
    pattern: `^[A-Za-z0-9+/]{${Math.ceil((bytes * 4) / 3)}}={${chars - Math.ceil((bytes * 4) / 3)}}$`,
    parse(text) {
      const unwrapped = unwrap(text);
      try {
        return inner.parse(unwrapped);
      } catch (error) {
        if (!(error instanceof DigestError)) throw error;
        const { code, message, field, fix, subcode, offset = 0 } = error;
        // Three characters of the text are four letters.
        throw digestError(code, message, { field, fix, subcode, offset: Math.floor(offset / 3) * 4 });
      }
    },
    print(params, values) {
      const text = latin1(inner.print(params, values));
      if (text.length > bytes) {
        throw digestError('ERR_MALFORMED', 'the format cannot represent this hash', { field: 'hash' });
      }
      const whole = new Uint8Array(bytes);
      whole.set(text);
      return encodeBase64(whole);
    },
    locate: () => undefined,
    mayFit(text) {
      if (text.length !== chars || !WELL_FORMED.test(text)) return false;
      try {
        return inner.mayFit(unwrap(text));
      } catch (error) {
        if (error instanceof DigestError) return false;
        throw error;
      }
    },
    spans: () => undefined,
    trimHash: undefined,
  };
}
