/** Plans from times that are given. */
import { describe, expect, test } from 'vitest';
import { timingsFromBench } from '../../../src/capacity/measure/bench-timings.js';
import { parameterSet } from '../../../src/capacity/measure/parameter-set.js';
import type { PlanOptions } from '../../../src/capacity/plan/contract.js';
import { mixFromText } from '../../../src/capacity/plan/mix.js';
import { makePlan } from '../../../src/capacity/plan/plan.js';
import { timedSets } from '../../../src/capacity/plan/timings.js';
import { BENCH } from '../../support/bench-reports.js';

const measured = timingsFromBench(BENCH);
const bcrypt12 = parameterSet('bcrypt', { cost: 12 });

function plan(mix: string, rest: Partial<PlanOptions> = {}) {
  const found = mixFromText(mix);
  const timings = timedSets([...found.portions.map(({ set }) => set), bcrypt12], measured);
  return makePlan({ mix: found, timings, used: {}, loginsPerSecond: 50, p99Ms: 1000, coresPerMachine: 2, ...rest });
}

const upgrade = { target: bcrypt12, months: [0, 1, 12], signIns: { activePerMonth: 0.3, loginsPerActive: 6 } };

describe('a plan', () => {
  test('has the work of each hasher and of a login', () => {
    const { mix, login } = plan('bcrypt:10=0.7,phpass=0.3');
    expect(mix[0]).toMatchObject({ label: 'bcrypt cost=10', aloneMs: 60, together: 3, share: 0.7 });
    expect(mix[0]?.loadedMs).toBeCloseTo(25 * 1.25 + 0.05, 9);
    expect(login.coreMs).toBeCloseTo(0.7 * 31.3 + 0.3 * 0.21, 9);
    expect(login.aloneMs).toBeCloseTo(0.7 * 60 + 0.3 * 0.8, 9);
    expect(mix.reduce((sum, { ofWork }) => sum + ofWork, 0)).toBeCloseTo(1, 12);
  });

  test('is saturated where the cores are, and in time below that', () => {
    const { machine } = plan('bcrypt:10');
    expect(machine.saturationPerSecond).toBeCloseTo(2000 / 31.25, 0);
    expect(machine.inTime?.perSecond).toBeLessThanOrEqual(machine.saturationPerSecond);
    expect(machine.inTime?.p99Ms).toBeLessThanOrEqual(1000);
    expect(machine.inTime?.perSecondPerCore).toBe((machine.inTime?.perSecond ?? 0) / 2);
  });

  test('has enough machines, and no more than that', () => {
    const { demand, machine } = plan('bcrypt:10', { loginsPerSecond: 500 });
    const each = machine.inTime?.perSecond ?? 0;
    expect(demand.machines).toBe(Math.ceil(500 / each));
    expect(demand.cores).toBe(2 * (demand.machines ?? 0));
    expect(demand.load?.perSecond).toBeCloseTo(500 / (demand.machines ?? 0), 9);
    expect(demand.headroom).toBeGreaterThanOrEqual(1);
  });

  test('has fewer cores where one machine has too many', () => {
    const { demand } = plan('bcrypt:10', { coresPerMachine: 16 });
    expect(demand).toMatchObject({ machines: 1 });
    expect(demand.cores).toBeGreaterThanOrEqual(2);
    expect(demand.cores).toBeLessThanOrEqual(3);
  });

  test('says that no machine is enough where a lone login is late', () => {
    const { demand, machine } = plan('bcrypt:10', { p99Ms: 40 });
    expect(machine.inTime).toBeNull();
    expect(demand).toEqual({ loginsPerSecond: 50, machines: null, cores: null, load: null, headroom: null });
  });

  test('has the memory of full lanes on each thread, and of each job on libuv’s', () => {
    const scrypt = plan('scrypt_werkzeug:32768:8:1').machine.memoryBytes;
    expect(scrypt / (2 * 3 * 32 * 2 ** 20)).toBeCloseTo(1, 1);
    expect(plan('argon2id:m=19456,t=2,p=1').machine.memoryBytes).toBe(3 * 19_456 * 1024);
    expect(plan('md5').machine.memoryBytes).toBe(0);
  });

  test('says how many threads libuv is to have', () => {
    expect(plan('argon2id', { coresPerMachine: 16 }).machine.uvThreadpoolSize).toBe(17);
    expect(plan('argon2id').machine.uvThreadpoolSize).toBeNull();
    expect(plan('bcrypt:10', { coresPerMachine: 16 }).machine.uvThreadpoolSize).toBeNull();
  });

  test('says what was not measured', () => {
    const { assumptions, mix } = plan('bcrypt:10=3,bcrypt:11=1');
    // One more than where all is measured, with the share of the logins.
    const further = assumptions.filter((one) => !plan('bcrypt:10=3,argon2id=1').assumptions.includes(one));
    expect(further).toEqual([expect.stringContaining('25.0 %')]);
    expect(mix[1]).toMatchObject({ label: 'bcrypt cost=11', measuredAs: 'bcrypt cost=10', aloneMs: 120 });
  });
});

describe('an upgrade', () => {
  test('is dearest at first, when each login makes a new digest', () => {
    const { upgrade: found } = plan('bcrypt:10', { upgrade });
    const [first, second, last] = found?.months ?? [];
    const [oldMs, newMs] = [31.3, 4 * 31.25 + 0.05];
    expect(first).toMatchObject({ month: 0, usersLeft: 1, upgradingLogins: 1 });
    expect(first?.coreMsPerLogin).toBeCloseTo(oldMs + newMs, 6);
    expect(second?.usersLeft).toBeCloseTo(0.7, 6);
    expect(last?.coreMsPerLogin).toBeCloseTo(newMs, 0);
    expect(first?.perSecond).toBeLessThan(last?.perSecond ?? 0);
    expect(first?.machines).toBeGreaterThanOrEqual(last?.machines ?? 0);
  });

  test('of all users at once is their number times a new digest', () => {
    const { upgrade: found } = plan('bcrypt:10=0.5,argon2id=0.5', { upgrade, users: 7_200_000 });
    expect(found).toMatchObject({ replaced: 0.5, users: 3_600_000, usersCounted: true });
    expect(found?.hashing.coreHours).toBeCloseTo(125.05, 2);
    expect(found?.hashing.machineHours).toBeCloseTo(125.05 / 2, 2);
    expect(found?.everybodySignsIn.coreHours).toBeCloseTo(125.05 + 31.3, 2);
  });

  test('of a million users where nobody counted them', () => {
    expect(plan('bcrypt:10', { upgrade }).upgrade).toMatchObject({ users: 1_000_000, usersCounted: false });
  });

  test('of stronger digests is none', () => {
    const { upgrade: found } = plan('argon2id', { upgrade });
    expect(found).toMatchObject({
      replaced: 0,
      users: 0,
      hashing: { coreHours: 0 },
      everybodySignsIn: { coreHours: 0 },
    });
    expect(found?.months.every(({ upgradingLogins }) => upgradingLogins === 0)).toBe(true);
  });
});
