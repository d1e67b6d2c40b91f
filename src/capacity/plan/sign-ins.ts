/**
 * How soon users come back: what a change that happens at sign-in waits for.
 *
 * Each user signs in by chance at a rate of their own, and the rates of all users follow a gamma distribution: few come
 * daily, many hardly ever. Ehrenberg, The pattern of consumer purchases, Applied Statistics 8 (1959), has it of shoppers.
 */

export interface SignIns {
  /** Share of the users who sign in at least once in a month, over 0 and under 1. */
  readonly activePerMonth: number;
  /** How often one of these signs in in that month, at least 1. */
  readonly loginsPerActive: number;
}

export interface SignInModel {
  /** Share of the users who have not signed in since the beginning. */
  left(months: number): number;
  /** Share of the logins, at that time, that are some user's first one. */
  firstLogins(months: number): number;
}

/** Past it the rates of all users are as good as one. */
const MOST_ALIKE = 1e6;

/** Fewer logins a month of each active user are impossible: by chance some of them sign in more than once. */
export function leastLoginsPerActive(activePerMonth: number): number {
  return (MOST_ALIKE * Math.expm1(-Math.log1p(-activePerMonth) / MOST_ALIKE)) / activePerMonth;
}

/** @throws {TypeError} where `loginsPerActive` is below `leastLoginsPerActive`: no users are like that. */
export function signInModel({ activePerMonth, loginsPerActive }: SignIns): SignInModel {
  const mean = activePerMonth * loginsPerActive;
  const active = (shape: number) => -Math.expm1(-shape * Math.log1p(mean / shape));
  const least = leastLoginsPerActive(activePerMonth);
  if (loginsPerActive < least) throw new TypeError(`loginsPerActive must be at least ${least}`);
  // The more alike users are, the more of them are seen in a month.
  let [low, high] = [-30, Math.log(MOST_ALIKE)];
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (active(Math.exp(middle)) < activePerMonth) low = middle;
    else high = middle;
  }
  const shape = Math.exp((low + high) / 2);
  return {
    left: (months) => Math.exp(-shape * Math.log1p((mean * months) / shape)),
    firstLogins: (months) => Math.exp(-(shape + 1) * Math.log1p((mean * months) / shape)),
  };
}
