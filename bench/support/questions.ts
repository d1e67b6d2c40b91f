/** All questions, in the order of the table, and the cores that each may use. */
export const QUESTIONS = {
  bcrypt: 1,
  logins: 2,
  mixed: 2,
  scrypt: 1,
  phpass: 1,
  crypt: 1,
  pbkdf2: 1,
  argon2: 1,
  verify: 1,
  parse: 1,
  check: 2,
  bulk: 2,
  plan: 2,
  slices: 1,
  discover: 1,
} as const satisfies Readonly<Record<string, 1 | 2>>;

export type QuestionName = keyof typeof QUESTIONS;
