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
    expect(lines()).not.toContain('Confirmed');
    const text = lines({});
    expect(text).toMatch(/^saturated at +80 logins\/s +79 logins\/s +1\.01$/m);
    expect(text).toMatch(/^p99 at 56 logins\/s +180 ms +190 ms +0\.95$/m);
    expect(text).not.toMatch(/More than 20 %|Other programs|event loop limits/);
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('says what to do where the plan is off, and what else used the cores', () => {
    const off = { p99Ms: { predicted: 180, measured: 300, ratio: 0.6 } };
    expect(lines(off)).toContain('More than 20 % off: repeat');
    expect(lines({ ...off, others: 0.25 })).toContain('Other programs used 25.0 % of the cores');
    const cheap = lines({ ...off, eventLoopBusy: 0.9 });
    expect(cheap).toContain('The event loop limits logins this fast');
    expect(cheap).not.toMatch(/^p99|More than 20 %/m);
    // Microseconds that no timer knows.
    const quick = { p50Ms: { predicted: 0.003, measured: 0.3, ratio: 0.01 } };
    expect(lines(quick)).not.toContain('More than 20 %');
    expect(lines({ logins: { saturated: 90, atRandom: 100 } })).toContain('Too few logins for a reliable p99');
  });
});
