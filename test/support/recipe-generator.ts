/** Any recipe text, spelled in any of its ways, and how deep it is. */
import fc from 'fast-check';

const HASHES = ['md4', 'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'ripemd160', 'whirlpool'] as const;
const TEXTS = ['lc', 'uc', 'hex', 'HEX', 'b64', 'b64n', 'ab64', 'b64u', 'trim'] as const;

const hashName = fc
  .tuple(fc.constantFrom(...HASHES), fc.constantFrom('', '_raw', '_64', '_64c', 'upper'))
  .map(([name, suffix]) => (suffix === 'upper' ? name.toUpperCase() : name + suffix));

const literal = fc.oneof(
  fc
    .string({ maxLength: 6, unit: fc.constantFrom(..."ab:-{}.'\\,)é") })
    .map((text) => `'${text.replace(/['\\]/g, '\\$&')}'`),
  fc.uint8Array({ minLength: 1, maxLength: 5 }).map((bytes) => `0x${Buffer.from(bytes).toString('hex')}`),
);

const variable = fc.constantFrom(
  ...['$p', '$pass', '$password', '$s', '$salt', '$u', '$user', '$username', '$pepper', '$rounds'],
);

const number = fc.constantFrom('0', '1', '2', '3*2', '2^3', '$rounds', '2^($rounds+1)', '$rounds-1', '10-(4-3)');

const space = fc.constantFrom('', '', '', ' ');

/** Recipes of functions that take microseconds. */
export const recipeText: fc.Arbitrary<string> = fc.letrec<{ node: string; factor: string; call: string }>((tie) => ({
  node: fc
    .tuple(tie('factor'), fc.array(tie('factor'), { maxLength: 2 }), space)
    .map(([first, rest, gap]) => [first, ...rest].join(`${gap}.${gap}`)),
  factor: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    variable,
    literal,
    tie('call'),
    tie('node').map((inner) => `(${inner})`),
  ),
  call: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(hashName, tie('node')).map(([name, inner]) => `${name}(${inner})`),
    fc.tuple(fc.constantFrom(...TEXTS), tie('node')).map(([name, inner]) => `${name}(${inner})`),
    fc
      .tuple(fc.constantFrom(...HASHES), fc.constantFrom('', '_raw'), tie('node'), tie('node'))
      .map(([hash, form, key, message]) => `hmac_${hash}${form}(${key},${message})`),
    fc
      .tuple(
        fc.constantFrom('', '_raw', '_text'),
        number,
        tie('node'),
        hashName,
        fc.constantFrom('$x', '$x.$s', '$s.$x'),
      )
      .map(([form, count, first, hash, body]) => `iterate${form}(${count},${first},${hash}(${body}))`),
    fc.tuple(tie('node'), number).map(([inner, count]) => `slice(${inner},${count})`),
    fc.tuple(tie('node'), fc.constantFrom('md5', 'sha256')).map(([inner, hash]) => `H('${hash}',${inner})`),
  ),
})).node;
