/** What a confirmation looks like. */
import { describe, expect, test } from 'vitest';
import type { Confirmation } from '../../../src/capacity/plan/confirm.js';
import { mixFromText } from '../../../src/capacity/plan/mix.js';
import { makePlan } from '../../../src/capacity/plan/plan.js';
import type { Terminal } from '../../../src/cli/terminal.js';
import { planLines } from '../../../src/present/plan/plan-text.js';
import { timing } from '../../support/bench-reports.js';

const mix = mixFromText('bcrypt:10');
const plan = makePlan({
  mix,
  timings: new Map(mix.portions.map(({ set }) => [set.label, { timing: timing([60, 66, 75]), measuredAs: set.label }])),
  ...{ used: {}, loginsPerSecond: 10, p99Ms: 1000, coresPerMachine: 2 },
});
const terminal = { stdout: { isTTY: false }, env: {} } as unknown as Terminal;

function lines(confirmed?: Partial<Confirmation>): string {
  const pair = (predicted: number, measured: number) => ({ predicted, measured, ratio: predicted / measured });
  const whole: Confirmation = {
    ...{
      seconds: 20,
      logins: { saturated: 1600, atRandom: 1120 },
      saturationPerSecond: pair(80, 79),
      perSecond: 56,
      p50Ms: pair(80, 82),
      p99Ms: pair(180, 190),
    },
    ...{ eventLoopBusy: 0.01, others: 0.001 },
    ...confirmed,
  };
  const origin = { machine: 'A processor', noisy: false };
  return planLines(plan, origin, terminal, confirmed && whole).join('\n');
}

describe('a confirmation', () => {
  test('is there where one was asked for, in 80 columns', () => {
    const text = lines({});
    expect(text).toMatch(/^saturated at +80 logins\/s +79 logins\/s +1\.01$/m);
    expect(text).toMatch(/^p99 at 56 logins\/s +180 ms +190 ms +0\.95$/m);
    expect(text.split('\n')).toEqual(expect.arrayContaining(lines().split('\n')));
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('says what to do where the plan is off, and what else used the cores', async () => {
    const off = { p99Ms: { predicted: 180, measured: 300, ratio: 0.6 } };
    const cases: Readonly<Record<string, Partial<Confirmation>>> = {
      'as planned': {},
      off,
      'off, with other programs': { ...off, others: 0.25 },
      'off, with a busy event loop': { ...off, eventLoopBusy: 0.9 },
      'microseconds that no timer knows': { p50Ms: { predicted: 0.003, measured: 0.3, ratio: 0.01 } },
      'few logins': { logins: { saturated: 90, atRandom: 100 } },
    };
    const plain = lines().split('\n');
    const said = Object.entries(cases).map(([name, confirmed]) =>
      [
        `# ${name}`,
        ...lines(confirmed)
          .split('\n')
          .filter((line) => !plain.includes(line)),
      ].join('\n'),
    );
    await expect(`${said.join('\n\n')}\n`).toMatchFileSnapshot('confirmation.golden');
  });
});
