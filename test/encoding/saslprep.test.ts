import { describe, expect, test } from 'vitest';
import { saslprep } from '../../src/encoding/saslprep.js';

describe('saslprep', () => {
  // RFC 4013 §3.
  test.each([
    ['I\u00adX', 'IX'],
    ['user', 'user'],
    ['USER', 'USER'],
    ['\u00aa', 'a'],
    ['\u2168', 'IX'],
    ['\u0007', undefined],
    ['\u0627\u0031', undefined],
  ])('of %j is %j', (text, prepared) => {
    expect(saslprep(text)).toBe(prepared);
  });

  test('makes U+0020 of other spaces', () => {
    expect(saslprep('a\u00a0b\u3000c')).toBe('a b c');
    // In the tables of spaces and of what goes; spaces come first.
    expect(saslprep('a\u200bb')).toBe('a b');
  });

  test('takes letters from right to left alone', () => {
    expect(saslprep('\u0627\u0628')).toBe('\u0627\u0628');
    expect(saslprep('\u0627 1 \u0628')).toBe('\u0627 1 \u0628');
    expect(saslprep('\u0627a\u0628')).toBeUndefined();
    expect(saslprep('1\u0628')).toBeUndefined();
  });

  test('refuses what Unicode 3.2 has not', () => {
    expect(saslprep('\u0221')).toBeUndefined();
    expect(saslprep('\u{1f511}')).toBeUndefined();
    expect(saslprep('\u{2a6d6}')).toBe('\u{2a6d6}');
    expect(saslprep('\u{2a6d7}')).toBeUndefined();
    expect(saslprep('\u{10ffff}')).toBeUndefined();
  });

  test('refuses nothing at all', () => {
    expect(saslprep('')).toBeUndefined();
    expect(saslprep('\u00ad')).toBeUndefined();
  });
});
