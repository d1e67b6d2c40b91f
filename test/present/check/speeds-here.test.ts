/** What a login costs on this machine, where no benchmark says so: measured for some seconds. */
import { expect, test } from 'vitest';
import { defaultRegistry } from '../../../src/library.js';
import { costLogins, countLoads, speedsHere } from '../../../src/present/check/logins.js';
import { makePage } from '../../../src/present/check/make-page.js';
import { textOf } from '../../support/markup.js';
import { reportWith } from '../../support/reports.js';

const counts = (rows: number) => ({ rows, ok: rows, warned: 0, rejected: 0 });
const MD5 = { md5: { ...counts(10), params: {} } };

test('are of every KDF that is asked for, more for more work, and said to be an estimate', async () => {
  const report = reportWith({
    hashers: {
      ...MD5,
      bcrypt: { ...counts(2), params: { cost: { '4': 1, '5': 1 } } },
      phpass: { ...counts(1), params: { cost: { '7': 1 } } },
      sha512_symfony: { ...counts(1), params: { iterations: { '5000': 1 } } },
    },
  });
  const found = countLoads(report, defaultRegistry);
  const { costs } = costLogins(found, await speedsHere(found.map(({ cost }) => cost)));
  expect(costs).toHaveLength(5);
  for (const { aloneMs = 0, loadedMs = 0 } of costs) {
    expect(aloneMs).toBeGreaterThan(0);
    expect(loadedMs).toBeGreaterThan(0);
  }
  const bcrypt = costs.filter(({ hasher }) => hasher === 'bcrypt').sort((a, b) => a.cost.work - b.cost.work);
  expect((bcrypt[1]?.aloneMs ?? 0) / (bcrypt[0]?.aloneMs ?? 0)).toBeCloseTo(2);
  expect(textOf(await makePage(reportWith({ hashers: MD5 })))).toContain(
    'An estimate for the machine that made this page',
  );
});

test('are not measured after an abort', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  const bcrypt = { ...counts(1), params: { cost: { '4': 1 } } };
  const costs = countLoads(reportWith({ hashers: { bcrypt } }), defaultRegistry).map(({ cost }) => cost);
  await expect(speedsHere(costs, signal)).rejects.toThrow('enough');
});
