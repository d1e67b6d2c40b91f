/** The reader of suggestions, apart from their types, which are public. */
import * as v from 'valibot';
import type {
  CanarySuggestion,
  DigestReadingKind,
  PasswordReadingKind,
  SaltConstruction,
} from './canary-suggestion.js';
import { count, record, text } from './schema.js';

/** Kinds are names, whichever version of digestry has added them. */
function nameOf<T extends string>(): v.GenericSchema<T> {
  return v.custom<T>(
    (value) => typeof value === 'string' && /^[a-z0-9-]{1,60}$/.test(value),
    'must be a name such as password-first',
  );
}

const counts = { matched: count, of: count };

export const canarySuggestion: v.GenericSchema<CanarySuggestion> = v.variant(
  'kind',
  [
    record({
      ...{ kind: v.literal('reading'), hasher: text, ...counts },
      digest: v.exactOptional(
        record({
          kind: nameOf<DigestReadingKind>(),
          hasher: v.exactOptional(text),
          pepper: v.exactOptional(count),
          r: v.exactOptional(count),
          writer: v.exactOptional(text),
        }),
      ),
      password: v.exactOptional(record({ kind: nameOf<PasswordReadingKind>(), pepper: v.exactOptional(count) })),
    }),
    record({
      ...{ kind: v.literal('separate-salt'), construction: nameOf<SaltConstruction>(), algorithm: text, ...counts },
      iterations: v.exactOptional(count),
      saltEncoding: v.exactOptional(v.picklist(['hex', 'base64'], 'must be hex or base64')),
      hasher: v.exactOptional(text),
    }),
    record({
      ...{ kind: v.literal('second-salt'), ...counts },
      order: v.picklist(['password-salt', 'salt-password'], 'must be password-salt or salt-password'),
    }),
  ],
  'must be a suggestion: reading, separate-salt or second-salt',
);
