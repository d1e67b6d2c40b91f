/**
 * How soon users come back: what a change that happens at sign-in waits for.
 *
 * Each user signs in by chance at a rate of their own, and the rates of all users follow a gamma distribution: few come
 * daily, many hardly ever. Ehrenberg, The pattern of consumer purchases, Applied Statistics 8 (1959), has it of shoppers.
 */
import { InputProblem } from '../../files/input-problem.js';

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

/** @throws {InputProblem} where no users are like that. */
export function signInModel({ activePerMonth, loginsPerActive }: SignIns): SignInModel {
  const mean = activePerMonth * loginsPerActive;
  const active = (shape: number) => -Math.expm1(-shape * Math.log1p(mean / shape));
  if (active(MOST_ALIKE) < activePerMonth) {
    const least = -Math.log1p(-activePerMonth) / activePerMonth;
    throw new InputProblem('invalid-sign-ins', '--logins-per-active is too low for this --active-per-month', {
      fix: `give ${(Math.ceil(least * 100) / 100).toFixed(2)} or more, or a smaller --active-per-month`,
    });
  }
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
