/** A release: its changelog, and what keeps a tag from being published. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findReleaseProblems, releaseChangelog } from '../../scripts/release.js';

const CHANGELOG = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.0.1] - 2026-01-01\n\n- First.\n';

describe('releaseChangelog', () => {
  test('puts what is unreleased under the version, and leaves an empty section for the next', () => {
    expect(releaseChangelog(CHANGELOG, '0.1.0', '2026-12-01')).toBe(
      CHANGELOG.replace('## [Unreleased]\n', '## [Unreleased]\n\n## [0.1.0] - 2026-12-01\n'),
    );
  });

  test.each([
    ['no such section', '# Changelog\n'],
    ['nothing in it', '## [Unreleased]\n\n## [0.0.1] - 2026-01-01\n\n- First.\n'],
  ])('refuses a changelog with %s', (_, changelog) => {
    expect(() => releaseChangelog(changelog, '0.1.0', '2026-12-01')).toThrow(Error);
  });

  test('accepts the changelog of this repository', () => {
    const changelog = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');
    expect(releaseChangelog(changelog, '9.9.9', '2026-12-01')).toContain('\n## [9.9.9] - 2026-12-01\n');
  });
});

describe('findReleaseProblems', () => {
  const manifest = { version: '0.0.1', repository: { url: 'git+https://example.test/someone/digestry.git' } };

  test('finds none in a release', () => expect(findReleaseProblems('v0.0.1', manifest, CHANGELOG)).toEqual([]));

  test.each([
    ['another tag', 'v0.0.2', manifest],
    ['a version without changes', 'v0.0.2', { ...manifest, version: '0.0.2' }],
    [
      'an owner that is not filled in',
      'v0.0.1',
      { ...manifest, repository: { url: 'git+https://example.test/OWNER/x' } },
    ],
  ])('finds %s', (_, tag, changed) => {
    expect(findReleaseProblems(tag, changed, CHANGELOG)).toHaveLength(1);
  });
});
