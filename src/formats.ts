/** All formats that are data, with their documentation. The default registry has the same as one text, made by `embedFormats`. */
import * as crypt from './hashers/crypt/index.js';
import * as databases from './hashers/databases/index.js';
import * as dotnet from './hashers/dotnet/index.js';
import * as go from './hashers/go/index.js';
import * as identityProviders from './hashers/identity-providers/index.js';
import { type Format, getDocumentedFormat } from './hashers/index.js';
import * as javascript from './hashers/javascript/index.js';
import * as jvm from './hashers/jvm/index.js';
import * as ldap from './hashers/ldap/index.js';
import * as php from './hashers/php/index.js';
import * as plain from './hashers/plain/index.js';
import * as python from './hashers/python/index.js';
import * as ruby from './hashers/ruby/index.js';

const FAMILIES = [crypt, databases, dotnet, go, identityProviders, javascript, jvm, ldap, php, plain, python, ruby];

/** In the order of their names. */
export const formats: readonly Format[] = Object.freeze(
  FAMILIES.flatMap((family): Format[] => Object.values(family)).sort((a, b) => (a.name < b.name ? -1 : 1)),
);

/** What the default registry holds: without what only the documentation says. */
export function embedFormats(): string {
  return JSON.stringify(
    formats.map((hasher) => {
      const { writers: _, traps: __, sources: ___, ...core } = getDocumentedFormat(hasher) ?? {};
      return core;
    }),
  );
}
