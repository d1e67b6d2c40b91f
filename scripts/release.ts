/**
 * Releases: npm run release -- 0.2.0 moves what CHANGELOG.md has under "Unreleased" to the version, sets it in package.json
 * and its lock, commits and tags. Pushing the tag publishes it (.github/workflows/release.yml), which runs `check` first.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const VERSION = /^\d+\.\d+\.\d+(?:-[0-9a-z.-]+)?$/;
const UNRELEASED = '## [Unreleased]';

/**
 * The changelog with its unreleased changes under a version.
 * @throws {Error} where there are none.
 */
export function releaseChangelog(changelog: string, version: string, date: string): string {
  const [before, after] = changelog.split(`${UNRELEASED}\n`);
  if (before === undefined || after === undefined) throw new Error(`CHANGELOG.md has no "${UNRELEASED}"`);
  if (!/^- /m.test(after.split(/^## /m)[0] ?? '')) throw new Error('CHANGELOG.md has nothing that is unreleased');
  return `${before}${UNRELEASED}\n\n## [${version}] - ${date}\n${after}`;
}

/** Why this tag cannot be published; empty where it can. */
export function findReleaseProblems(
  tag: string,
  manifest: { readonly version: string; readonly repository: { readonly url: string } },
  changelog: string,
): string[] {
  const problems: string[] = [];
  if (tag !== `v${manifest.version}`) problems.push(`the tag is ${tag}, package.json has version ${manifest.version}`);
  if (!changelog.includes(`\n## [${manifest.version}] - `)) {
    problems.push(`CHANGELOG.md has no section for ${manifest.version}`);
  }
  // npm compares it with where the provenance says the package was built.
  if (manifest.repository.url.includes('/OWNER/')) problems.push('package.json still has OWNER in its repository');
  return problems;
}

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string): string => readFileSync(root + path, 'utf8');
const run = (file: string, ...args: string[]): string => execFileSync(file, args, { cwd: root, encoding: 'utf8' });

function prepare(version: string): void {
  if (!VERSION.test(version)) throw new Error(`not a version: ${version}`);
  if (run('git', 'status', '--porcelain') !== '') throw new Error('the tree has changes that are not committed');
  writeFileSync(
    `${root}CHANGELOG.md`,
    releaseChangelog(read('CHANGELOG.md'), version, new Date().toISOString().slice(0, 10)),
  );
  run('npm', 'version', version, '--no-git-tag-version', '--ignore-scripts');
  run('git', 'commit', '-am', `chore: release ${version}`);
  run('git', 'tag', '-a', `v${version}`, '-m', `v${version}`);
  process.stdout.write(`tagged v${version}: git push --follow-tags publishes it\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [command, argument = ''] = process.argv.slice(2);
  if (command === 'prepare') {
    prepare(argument);
  } else if (command === 'check') {
    const problems = findReleaseProblems(argument, JSON.parse(read('package.json')), read('CHANGELOG.md'));
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    process.exitCode = problems.length > 0 ? 1 : 0;
  } else {
    process.stderr.write('usage: npm run release -- VERSION\n');
    process.exitCode = 2;
  }
}
