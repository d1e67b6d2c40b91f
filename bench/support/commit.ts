/** Which commit was measured. */
import { spawnSync } from 'node:child_process';

/** Its short name, with `+` where files differ from it; undefined outside of a repository. */
export function commitHere(): string | undefined {
  const git = (...args: readonly string[]) => spawnSync('git', args, { encoding: 'utf8' });
  const { status, stdout } = git('rev-parse', '--short', 'HEAD');
  if (status !== 0) return undefined;
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'src').stdout.trim() !== '';
  return stdout.trim() + (changed ? '+' : '');
}
