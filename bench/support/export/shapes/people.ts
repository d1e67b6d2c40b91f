/** Who the users are: names as exports have them, some with characters that each format writes in its own way. */

export interface Person {
  readonly given: string;
  readonly family: string;
  readonly full: string;
  /** In small letters, as a login name. */
  readonly login: string;
}

const ODD: readonly (readonly [given: string, family: string])[] = [
  ['Ana María', 'Núñez'],
  ['太郎', '山田'],
  ['Seán', "O'Brien"],
  ['Sammy', 'Davis, Jr.'],
  ['Jane "JJ"', 'Doe'],
  ['Zoë 🌍', 'Müller'],
];
const GIVEN = ['Jane', 'John', 'Maria', 'Ahmed', 'Wei', 'Olga', 'Lucas', 'Priya'];
const FAMILY = ['Smith', 'Garcia', 'Khan', 'Chen', 'Ivanova', 'Silva', 'Nowak', 'Okafor'];

export const people: readonly Person[] = Array.from({ length: 128 }, (_, i) => {
  const [given, family] = ODD[i] ?? [GIVEN[i & 7] as string, FAMILY[(i >> 3) & 7] as string];
  const login = `${given}.${family}`.toLowerCase().replaceAll(/[^a-z.]/g, '');
  return { given, family, full: `${given} ${family}`, login };
});

export function personOf(number: number): Person {
  return people[number] as Person;
}

export function emailOf(number: number, row: number): string {
  return `${personOf(number).login}${row}@example.com`;
}

const DAY_MS = 86_400_000;
const START_MS = Date.parse('2022-03-01T08:15:42.123Z');

/** Milliseconds: one of 1024 days. */
export function timeOf(row: number): number {
  return START_MS + (row & 1023) * DAY_MS;
}

const DATES: readonly string[] = Array.from({ length: 1024 }, (_, i) => new Date(timeOf(i)).toISOString());

/** As in ISO 8601, of `timeOf`. */
export function dateOf(row: number): string {
  return DATES[row & 1023] as string;
}

/** As SQL writes it: `2022-03-01 08:15:42`. */
export function sqlDateOf(row: number): string {
  const date = dateOf(row);
  return `${date.slice(0, 10)} ${date.slice(11, 19)}`;
}
