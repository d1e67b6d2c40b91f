/**
 * Not a digest: a pointer to an AWS Cognito user pool, which checks the password itself at the first sign-in.
 * https://clerk.com/docs/reference/backend/user/create-user
 *
 *     awscognito#eu-west-1_Ab12Cd34E#1h57kf5cpq17m0eml12EXAMPLE#jane@example.com
 *     (1)        (2)                 (3)                        (4)
 * (1) name
 * (2) id of the user pool
 * (3) id of the app client
 * (4) identifier of the user, to the end
 *
 * Grammar:
 *     ^(?<name>awscognito)#(?<userPoolId>[^#\s]+)#(?<clientId>[^#\s]+)#(?<identifier>[^\s]+)$
 *
 * Algorithm: none. At the first sign-in the import target asks the user pool, and keeps a digest of its own from then
 * on.
 *
 * Written by: the person who prepares an import; Cognito does not export digests.
 *
 * Traps:
 * - Only the shape can be checked here; a password is answered with `ERR_UNVERIFIABLE`.
 * - The app client must allow ALLOW_USER_PASSWORD_AUTH, and the user pool must live until all users have signed in.
 * - The identifier runs to the end and may contain "#": a cut-off one looks like a whole one.
 */
import { expectPrefix } from '../encoding/fields.js';
import { digestError, malformed } from '../errors.js';
import { hashCost } from '../kdf/cost.js';
import { hidden, looseEdge, NO_WARNINGS } from '../layout/findings.js';
import type { Cost, Hasher, Parsed } from '../types.js';
import { defineHasher } from './define.js';
import { createParsed, NO_BYTES, NO_PARAMS, type NoParams } from './parsed.js';

export interface CognitoReference {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly identifier: string;
}

const PREFIX = 'awscognito#';
const FIELDS = ['userPoolId', 'clientId', 'identifier'] as const;

function parse(digest: string): Parsed<NoParams, CognitoReference> {
  const values: string[] = [];
  let start = expectPrefix(digest, PREFIX);
  const isPrintable = /^[!-~]*$/.test(digest);
  for (const field of FIELDS) {
    const hash = field === 'identifier' ? -1 : digest.indexOf('#', start);
    if (hash === -1 && field !== 'identifier') {
      throw malformed(field, digest.length, `digest ends before the "#" after ${field}`);
    }
    const end = hash === -1 ? digest.length : hash;
    const value = digest.slice(start, end);
    if (value === '') throw malformed(field, start, `${field} must not be empty`);
    const space = isPrintable ? -1 : value.search(/[\s\0]/);
    if (space !== -1)
      throw malformed(
        field,
        start + space,
        `${field} must not contain white space or a NUL`,
        `remove it from ${field}`,
      );
    values.push(value);
    start = end + 1;
  }
  const [userPoolId = '', clientId = '', identifier = ''] = values;
  const quote = looseEdge(digest, digest.length - 1, 'identifier');
  const unseen = isPrintable ? NO_WARNINGS : hidden(digest, PREFIX.length, digest.length, 'identifier');
  const warnings = quote === undefined ? unseen : [quote, ...unseen];
  return createParsed(NO_PARAMS, NO_BYTES, NO_BYTES, warnings, { userPoolId, clientId, identifier });
}

const COST: Cost = hashCost('sha256', 0);

export const awscognito: Hasher<NoParams, CognitoReference> = defineHasher<NoParams, CognitoReference>({
  name: 'awscognito',
  prefixes: [PREFIX],
  freeTail: true,
  verifiable: false,
  example: { digest: 'awscognito#eu-west-1_Ab12Cd34E#1h57kf5cpq17m0eml12EXAMPLE#jane@example.com' },
  parse,
  serialize: ({ context }) => PREFIX + [context.userPoolId, context.clientId, context.identifier].join('#'),
  cost: () => COST,
  derive() {
    throw digestError('ERR_UNVERIFIABLE', 'only the AWS Cognito user pool can verify this password', {
      fix: 'import the user: the platform asks the user pool at the first sign-in',
    });
  },
});
