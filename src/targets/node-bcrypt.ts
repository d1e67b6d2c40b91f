/** A Node server that calls compare() of the package bcrypt. */
import type { ImportTarget } from './contract.js';
import { AT_LOGIN, defineTarget } from './define.js';

export const nodeBcrypt: ImportTarget = defineTarget({
  name: 'node-bcrypt',
  title: 'the npm package bcrypt',
  sources: [
    {
      what: 'compare() was run on every variant, cost and spelling',
      url: 'https://www.npmjs.com/package/bcrypt',
      seen: '2026-11-23, version 6.0.0',
    },
  ],
  rules: {
    bcrypt: {
      accepts: 'yes',
      form: 'bcrypt-2b',
      params: {
        cost: { min: 4, max: 30, fix: `${AT_LOGIN}: it compares false at once` },
        variant: {
          oneOf: ['2a', '2b'],
          fix: `write $2b$ for $2y$, the same algorithm; $2x$ and $2$ are others, so ${AT_LOGIN}`,
        },
      },
      canonical: ['salt', 'hash'],
      note: 'a password of 255 bytes or more wraps round under $2a$',
    },
  },
});
