/** Kinds of findings are data: no wording is a part of them. */
import { expect, test, vi } from 'vitest';
import type * as errors from '../../../src/errors.js';
import { clerkHashers, createRegistry, DEFAULT_LIMITS } from '../../../src/index.js';
import { createClassifier } from '../../../src/migration/assess/classify.js';
import type { Outcome } from '../../../src/migration/assess/outcome.js';
import type { Row } from '../../../src/migration/row.js';
import { USERS } from '../../support/exports.js';

const classifyRow = createClassifier(createRegistry(clerkHashers), { limits: DEFAULT_LIMITS });
const classify = (row: Partial<Row>) =>
  classifyRow({ line: 1, id: 'u1', passwordHasher: undefined, passwordDigest: undefined, ...row });
const kindsOf = ({ findings }: Outcome): readonly string[] => findings.map(({ kind }) => kind);

test('other messages, fixes and hints give the same kinds', async () => {
  const rows: Partial<Row>[] = [
    ...USERS,
    ...USERS.map(({ passwordDigest = '' }) => ({ passwordHasher: 'bcrypt', passwordDigest })),
    ...USERS.map(({ passwordHasher, passwordDigest = '' }) => ({
      passwordHasher,
      passwordDigest: `"${passwordDigest}`,
    })),
    ...USERS.map(({ passwordDigest = '' }) => ({ passwordDigest: passwordDigest.slice(0, -3) })),
  ];
  const kinds = rows.map((row) => kindsOf(classify(row)));
  expect(new Set(kinds.flat()).size).toBeGreaterThan(12);
  vi.resetModules();
  vi.doMock('../../../src/errors.js', async (importOriginal) => {
    const original = await importOriginal<typeof errors>();
    const { DigestError } = original;
    return {
      ...original,
      digestError(code: errors.ErrorCode, _: string, { fix, hint, ...detail }: errors.DigestErrorDetail = {}) {
        return new DigestError(code, 'x', { ...detail, fix: fix && 'y', hint: hint && 'z' });
      },
      malformed(field: string, offset: number, _: string, fix?: string, subcode?: string) {
        return new DigestError('ERR_MALFORMED', 'x', { field, offset, fix: fix && 'y', subcode });
      },
    };
  });
  const other = await import('../../../src/migration/assess/classify.js');
  const otherRegistry = (await import('../../../src/index.js')).createRegistry(
    (await import('../../../src/index.js')).clerkHashers,
  );
  const reworded = other.createClassifier(otherRegistry, { limits: DEFAULT_LIMITS });
  const outcomes = rows.map((row) =>
    reworded({ line: 1, id: 'u1', passwordHasher: undefined, passwordDigest: undefined, ...row }),
  );
  vi.doUnmock('../../../src/errors.js');
  expect(outcomes.some(({ findings }) => findings[0]?.message.startsWith('x'))).toBe(true);
  expect(outcomes.map(kindsOf)).toEqual(kinds);
});
