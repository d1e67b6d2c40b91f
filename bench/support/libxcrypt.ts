/** crypt(3) of this machine, called by Perl in a process of its own, which measures itself. */
import { spawnSync } from 'node:child_process';
import type { Contestant } from './race.js';

/** Prints the milliseconds of one call, of as many as fit into the seconds that it is given. */
const SCRIPT = `use Time::HiRes 'time';
my ($password, $digest, $seconds) = @ARGV;
die 'wrong' if crypt($password, $digest) ne $digest || crypt("$password.", $digest) eq $digest;
my ($since, $runs, $elapsed) = (time, 0, 0);
do { crypt($password, $digest); $runs++; $elapsed = time - $since } while ($elapsed < $seconds);
print 1000 * $elapsed / $runs`;

/** Undefined where Perl is missing, or its crypt() lacks the scheme. */
export function libxcrypt(password: string, digest: string): Contestant | undefined {
  const run = (ms: number): number | undefined => {
    const { status, stdout } = spawnSync('perl', ['-e', SCRIPT, password, digest, String(ms / 1000)], {
      encoding: 'utf8',
    });
    return status === 0 ? Number(stdout) : undefined;
  };
  if (run(0) === undefined) return undefined;
  return {
    name: 'libxcrypt',
    proves: () => run(0) !== undefined,
    measure: async (durationMs) => run(durationMs) ?? Number.NaN,
  };
}
