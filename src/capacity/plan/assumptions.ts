/** What a plan assumes, as sentences for its reader. */
import type { PlannedSet, PlanOptions } from './contract.js';

export function listAssumptions(
  { mix, upgrade, coresPerMachine, users }: PlanOptions,
  sets: readonly PlannedSet[],
): string[] {
  const scaledOnes = sets.filter(({ label, measuredAs }) => label !== measuredAs);
  const shareOfScaled = scaledOnes.reduce((sum, { share }) => sum + share, 0);
  return [
    `one Node process per machine, with a worker thread on each of ${coresPerMachine} cores, and nothing else on the machine`,
    'logins come independently of each other (Poisson) at an even rate: give the rate of the busiest minute',
    'the milliseconds are those of verifying, without network and database',
    'a wrong password costs as much as the right one',
    ...(mix.portions.length > 1 ? ['users of all hashers sign in equally often'] : []),
    ...(scaledOnes.length > 0
      ? [
          `${(100 * shareOfScaled).toFixed(1)} % of the logins (*) were estimated, not measured: their time is that of other parameters of the same KDF, by the work`,
        ]
      : []),
    ...(upgrade === undefined
      ? []
      : [
          `of all users ${(100 * upgrade.signIns.activePerMonth).toFixed(0)} % sign in in a month, each of these ${upgrade.signIns.loginsPerActive} times; how often differs from user to user (gamma distribution)`,
          'an existing user is upgraded at the first login, which also computes the new digest',
          ...(users === undefined && mix.users === undefined
            ? ['the number of users is unknown: a million is assumed']
            : []),
        ]),
  ];
}
