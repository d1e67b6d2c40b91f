/** How recipes are read and printed: spellings of one derivation, and what is refused where. */
import { describe, expect, test } from 'vitest';
import { DigestError } from '../../src/errors.js';
import { compileRecipe, isSameRecipe, parseRecipe } from '../../src/recipe/index.js';

describe('one derivation has one text', () => {
  test.each([
    ['md5($password)', 'md5($p)'],
    ['MD5($p)', 'md5($p)'],
    ['md5_raw($p)', 'md5($p)'],
    ['hex(md5_raw($p))', 'hex(md5_raw($p))'],
    ['sha1(hex(md5_raw($p)))', 'sha1(md5($p))'],
    ['sha1(lc(MD5($p)))', 'sha1(md5($p))'],
    ['sha1(uc(md5($p)))', 'sha1(MD5($p))'],
    ['sha1(b64n(md5_raw($p)))', 'sha1(md5_64($p))'],
    ['md5( $s . ($p . $s) )', 'md5($s.$p.$s)'],
    ["md5('a'.0x62.'\\x63'.$p.'')", "md5('abc'.$p)"],
    ["md5('\\'\\\\'.$p)", "md5('\\'\\\\'.$p)"],
    ["md5('ü'.$p)", 'md5(0xc3bc.$p)'],
    ["H('sha256', $p)", 'sha256($p)'],
    ["hmac('sha1', $s, $p)", 'hmac_sha1($s,$p)'],
    ["pbkdf2('sha512', $p, $s, 10)", 'pbkdf2_sha512($p,$s,10)'],
    ['pbkdf2_sha512($p, $s, 10, $hashBytes)', 'pbkdf2_sha512($p,$s,10)'],
    ['bcrypt(sha256($p), $salt, $cost)', 'bcrypt(sha256($p))'],
    ['bcrypt(bcrypt($p), $s)', 'bcrypt(bcrypt($p))'],
    ['bcrypt(bcrypt_text($p))', 'bcrypt(bcrypt($p))'],
    ['scrypt($p, $s, 2^14, 8, 1)', 'scrypt($p,$s,16384,8,1)'],
    ['scrypt($p, $s, 2^$ln, $r, $p)', 'scrypt($p,$s,2^$ln,$r,$p)'],
    ['iterate(1000 * $r, $p, sha512($x))', 'iterate(1000*$r,$p,sha512($x))'],
    ['iterate($n - (1 + 1), $p, sha512_raw($x))', 'iterate($n-2,$p,sha512_raw($x))'],
    ['iterate($n - ($m - 1), $p, md5($x))', 'iterate($n-($m-1),$p,md5($x))'],
    ['iterate_text(3, $p, md5($x))', 'iterate_text(3,$p,md5($x))'],
    ['iterate_raw(3, $p, md5($x))', 'iterate(3,$p,md5($x))'],
    ['md5(iterate_raw(3, $p, md5($x)))', 'md5(iterate_raw(3,$p,md5($x)))'],
    ['md5(pad16($p))', 'md5(pad($p,16))'],
    ['keccak_256($p)', 'keccak256($p)'],
    ['md5(unicode($pass).$user)', 'md5(utf16($p).$u)'],
    ['md5($s.$c1.$p.$c2),c1=:,c2=a\\,b\\x0a', "md5($s.':'.$p.'a,b\\x0a')"],
  ])('%s is %s', (text, printed) => {
    const recipe = parseRecipe(text);
    expect(recipe.text).toBe(printed);
    expect(isSameRecipe(recipe, parseRecipe(printed))).toBe(true);
  });

  test.each([
    ['md5($p.$s)', 'md5($s.$p)'],
    ['sha1(md5($p))', 'sha1(md5_raw($p))'],
    ['iterate(3, $p, md5($x))', 'iterate(3, $p, md5_raw($x))'],
  ])('%s is not %s', (a, b) => {
    expect(isSameRecipe(parseRecipe(a), parseRecipe(b))).toBe(false);
  });
});

test('a recipe says what it needs of the digest and its row', () => {
  const needs = (text: string) => compileRecipe(parseRecipe(text)).needs;
  expect(needs('sha1($s.sha1($s.lc($u).$p))')).toEqual(['salt', 'username']);
  expect(needs('pbkdf2($prf, $p, $s.$pepper, 2^$rounds)')).toEqual(['prf', 'salt', 'pepper', 'rounds']);
  expect(needs('bcrypt(sha256($p))')).toEqual(['salt', 'cost']);
  expect(needs('iterate(3, $p, md5($x))')).toEqual([]);
});

describe('refused, with its place', () => {
  test.each([
    ['', 0],
    ['md5', 0],
    ['md5(', 4],
    ['md5($p', 6],
    ['md5($p))', 7],
    ['md5($p) sha1', 8],
    ['md5($p$s)', 6],
    ['md5($p.)', 7],
    ['md5()', 4],
    ['md5($p,$s)', 7],
    ['md5($)', 5],
    ['crc32($p)', 0],
    ['sha1(crc32_raw($p))', 5],
    ['LC($p)', 0],
    ["md5('a", 4],
    ["md5('\\n')", 5],
    ['md5(0x1)', 4],
    ['md5(0x)', 4],
    ['slice($p, x)', 10],
    ['slice($p, 1-2)', 13],
    ['slice($p, 99999999999999999999)', 30],
    ['H(5, $p)', 2],
    ['iterate(1, $p)', 13],
    ['sha512(pbkdf2_sha512($p, $s, 1))', 30],
    ['md5($p.$c1),c1', 11],
    ['md5($p),saltlen=3', 7],
    ["pbkdf2('crc32', $p, $s, 1)", 7],
    ["H('crc32', $p)", 2],
  ])('%s at %i', (text, offset) => {
    expect(refusal(text)).toMatchObject({ code: 'ERR_MALFORMED', field: 'recipe', offset });
  });

  test('deeper than 32 levels, and longer than 4096 characters', () => {
    expect(parseRecipe(`${'md5('.repeat(31)}$p${')'.repeat(31)}`).text).toHaveLength(31 * 5 + 2);
    expect(refusal(`${'md5('.repeat(500)}$p${')'.repeat(500)}`).offset).toBe(131);
    expect(refusal(`${'md5('.repeat(1000)}$p${')'.repeat(1000)}`).offset).toBe(4096);
    expect(refusal(`${'('.repeat(33)}$p`).offset).toBe(33);
    expect(refusal(`slice($p,${'2^'.repeat(100)}1)`).code).toBe('ERR_MALFORMED');
    expect(refusal(`md5('${'a'.repeat(1_000_000)}')`).offset).toBe(4096);
  });
});

function refusal(text: string): DigestError {
  try {
    parseRecipe(text);
  } catch (error) {
    if (error instanceof DigestError) return error;
    throw error;
  }
  throw new Error(`not refused: ${text.slice(0, 40)}`);
}
