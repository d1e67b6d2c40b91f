/** One listener on each signal. */
import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine/engine.js';
import { onAbort } from '../../src/kdf/abort.js';
import { bcryptOrder, LONG, outcomes, turn } from '../support/orders.js';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('onAbort', () => {
  test('calls every callback once, in order', () => {
    const controller = new AbortController();
    const calls: number[] = [];
    for (const i of [1, 2, 3]) onAbort(controller.signal, () => calls.push(i));
    controller.abort();
    expect(calls).toEqual([1, 2, 3]);
    expect(listeners(controller.signal)).toBe(0);
  });

  test('has one listener for many, and none when the last is gone', () => {
    const { signal } = new AbortController();
    const forget = Array.from({ length: 100 }, () => onAbort(signal, () => {}));
    expect(listeners(signal)).toBe(1);
    for (const one of forget.slice(1)) one();
    expect(listeners(signal)).toBe(1);
    forget[0]?.();
    forget[0]?.();
    expect(listeners(signal)).toBe(0);
    onAbort(signal, () => {});
    expect(listeners(signal)).toBe(1);
  });

  test('does not call back what was taken back, also by an earlier callback', () => {
    const controller = new AbortController();
    const calls: string[] = [];
    onAbort(controller.signal, () => {
      calls.push('first');
      forget();
    });
    const forget = onAbort(controller.signal, () => calls.push('second'));
    controller.abort();
    expect(calls).toEqual(['first']);
  });
});

test('a thousand jobs with one signal raise no warning, and leave no listener', async () => {
  const warnings: string[] = [];
  const listen = (warning: Error): unknown => warnings.push(warning.name);
  process.on('warning', listen);
  const controller = new AbortController();
  const engine = createEngine();
  const jobs = Array.from({ length: 1000 }, () => engine.run(bcryptOrder(LONG, controller.signal)));
  const settled = outcomes(jobs);
  await turn();
  expect(listeners(controller.signal)).toBe(1);
  controller.abort('enough');
  expect(await settled).toEqual(Array(1000).fill('enough'));
  expect(listeners(controller.signal)).toBe(0);
  await turn();
  process.off('warning', listen);
  expect(warnings).toEqual([]);
  await engine.close();
});
