/**
 * SASLprep, RFC 4013, as PostgreSQL and MongoDB prepare a password before SCRAM: other spaces become U+0020, invisible
 * characters go, the rest is in NFKC.
 */

/** Ranges of code points: how far each begins after the one before, and how far it reaches. */
function readRanges(packed: string): readonly (readonly [number, number])[] {
  let end = 0;
  return packed.split(' ').map((range) => {
    const [gap, reach = '0'] = range.split('-');
    const start = end + Number.parseInt(gap as string, 16);
    end = start + Number.parseInt(reach, 16);
    return [start, end] as const;
  });
}

/** RFC 3454 A.1 and C.1.2 to C.9: what Unicode 3.2 has not, controls, private use, what changes the display. */
const PROHIBITED =
  '0-1f 60-21 181 13-1b 5f-1 40-10 41-1 f-f 11-3 3-3 2-2 2-4 8 2 15 2d 28-8 88 48 27-1 3-5 11-20 27-1 8 28 3-5 12 ' +
  '18 b-a 1c-4 6-16 2-d 2-2 2 1b-4 17-9 7e 11-1 10 f-1 1e-2 1c-34 33-14e 4 36-1 13-1 6-2 1a-f 4 9-1 3-1 17 8 2-2 ' +
  '5-1 2 8-1 3-1 4-8 2-3 3 6-1 16-6 2-1 7-3 3-1 17 8 3 3 3-1 2 6-3 3-1 4-a 5 2-6 10-b 4 8 2 4 17 8 3 6-1 b 4 4-1 ' +
  '2-e 2-4 b-10 4 9-1 3-1 17 8 3-1 5-1 9-2 3-1 4-7 3-3 3 4-3 c-10 3 7-2 4 5-2 3 2 3-2 3-2 4-2 9 4-3 6-2 4 5-8 2-e ' +
  'd-d 4 9 4 18 b 6-3 8 4 5-6 3-8 3-3 b-11 3 9 4 18 b 6-3 8 4 5-6 3-6 2 3-3 b-11 3 9 4 18 11-3 7-1 4 5-8 2-7 3-3 ' +
  'b-11 3 13-2 19 a 2-1 8-2 2-3 7 2 9-11 4-b 3b-3 1e-24 3 2-1 3 2-1 2-5 5 8 4 2 2-1 3 e 4-1 6 2 7-1 b-1 3-21 49 ' +
  '23-5 1c-3 9 25 10-1 2-2f 23 6 3 8-2 5-5 1b-45 27-9 2a-1 2-3 5b-4 45-4 53-5 8 40 2 5-1 8 2 5-1 28 2 5-1 20 2 5-1 ' +
  '8 2 5-1 8 8 18 20 2 5-1 8 28 14-5 1d-22 56-b 277-9 1d-2 52-e e 8-a 18-8 15-b e 4 3-b 5e-2 b-15 f-1 b-5 59-7 ' +
  '2b-555 9d-3 5b-5 17-1 7-1 27-1 7-1 9 2 2 2 20-1 36 10 f-1 7 14-1 4 a-10 19-7 24-3 2-17 3-1 1c-10 13-1d 1c-14 ' +
  '3c-1 10-6 32-b 240-30 28-18 c-14 a0 115-1 3 66-1 b-76 5 5-1 1d 24 2 5-2 2 8-1 35-2 19 f-10 1d-3 311-37f 1b 5a-b ' +
  'd7-2a 40 57-1 68-4 29-3 5f 29-37 2e-2 25-c 2c-2 4e-3 30 78-3 64-1 20 19b7-49 51a7-59 48e-2 38-738 2ba5-5b ' +
  '801-18ff 12f-1 3c-94 8-b 6-4 1b 6 2 3 3 6d-20 16e-f 41-1 37-27 e-2 11-f 5-b 18-1 b 14 5-3 6 88-3 bf-2 7-1 7-1 ' +
  '7-1 4-2 8 8-310 20 5-b 1c-b4 27-1 27-cbb1 f7-9 28-2 4a-7 64-221 56 48 3-1 2-1 3-1 5 d 2 5 3 42 5-1 9 8 1d 5 6 ' +
  '2-2 8 153-3 123-3 33-27ff a6d8-5128 21f-e05e1';

/** RFC 3454 D.1: letters that are written from right to left. */
const RIGHT_TO_LEFT =
  '5be 2 3 d-1a 6-4 27 4 2-19 6-a 23-2 2-64 8 8-1 14-4 2-d 3 2-1a 54-25 c 185e db0e 2-9 2-c 2-4 2 2-1 2-1 2-6b ' +
  '22-16a 13-3f 3-35 29-c 74-4 2-86';

/** RFC 3454 C.1.2. */
const SPACES = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g;
/** RFC 3454 B.1, without its spaces. */
// biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them goes, alone
const NOTHING = /[\u00ad\u034f\u1806\u180b-\u180d\u200c\u200d\u2060\ufe00-\ufe0f\ufeff]/g;
const LETTER = /\p{L}/u;

type Ranges = readonly (readonly [number, number])[];
let prohibited: Ranges | undefined;
let rightToLeft: Ranges | undefined;

function isIn(ranges: Ranges, point: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as readonly [number, number])[1] < point) low = middle + 1;
    else high = middle;
  }
  return low < ranges.length && (ranges[low] as readonly [number, number])[0] <= point;
}

/** @returns the text as it is prepared; undefined where SASLprep refuses it, of which PostgreSQL hashes the bytes. */
export function saslprep(text: string): string | undefined {
  if (/^[\x20-\x7e]+$/.test(text)) return text;
  const prepared = text.replace(SPACES, ' ').replace(NOTHING, '').normalize('NFKC');
  if (prepared === '') return undefined;
  prohibited ??= readRanges(PROHIBITED);
  rightToLeft ??= readRanges(RIGHT_TO_LEFT);
  const characters = [...prepared];
  const backward = characters.map((character) => isIn(rightToLeft as Ranges, character.codePointAt(0) as number));
  for (const character of characters) {
    if (isIn(prohibited, character.codePointAt(0) as number)) return undefined;
  }
  if (!backward.includes(true)) return prepared;
  const mixed = characters.some((character, i) => !backward[i] && LETTER.test(character));
  return mixed || !backward[0] || !backward.at(-1) ? undefined : prepared;
}
