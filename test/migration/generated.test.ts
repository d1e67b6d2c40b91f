/** Exports of every kind of row, checked against what their generator counted while it wrote them. */
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Expectation, ExpectedFinding } from '../../bench/support/export/expectation.js';
import { type ExportOptions, generateExport } from '../../bench/support/export/generate.js';
import { type ShapeName, shapeNames, shapes } from '../../bench/support/export/shapes/index.js';
import { clerkHashers } from '../../src/index.js';
import { type CheckOptions, type CheckReport, check } from '../../src/migration/index.js';
import { parseFirebaseConfig } from '../../src/migration/sources/firebase-config.js';
import { temporaryFolder } from '../support/exports.js';
import { runs } from '../support/properties.js';

const folder = temporaryFolder();

interface Made {
  readonly bytes: Buffer;
  readonly expected: Expectation;
}

function make(options: ExportOptions): Made {
  const { chunks, expected } = generateExport(options);
  const bytes = Buffer.concat([...chunks]);
  return { bytes, expected: expected() };
}

/** The parts of a report that a generator knows: no messages, no fixes, no timing. */
function partsOf({ input, target, totals, hashers, findings, duplicates }: CheckReport): unknown {
  const { bytes, rows, format, source, problem } = input;
  return {
    input: { bytes, rows, format, source, ...(problem && { problem }) },
    target,
    totals,
    hashers: Object.fromEntries(Object.entries(hashers).map(([name, hasher]) => [name, parametersOf(hasher)])),
    findings: byPlace(findings),
    duplicates,
  };
}

function parametersOf<T extends { readonly params: object; readonly parameterSets?: readonly object[] }>(hasher: T): T {
  return { ...hasher, ...(hasher.parameterSets && { parameterSets: new Set(hasher.parameterSets) }) };
}

/** One for each code, hasher and field: how many fixes a finding has is no affair of a generator. */
function byPlace(findings: readonly (CheckReport['findings'][number] | ExpectedFinding)[]): unknown {
  const merged = new Map<string, Pick<ExpectedFinding, 'severity' | 'count' | 'examples'>>();
  for (const { code, hasher, field, severity, count, examples } of findings) {
    const key = `${code} ${hasher} ${field}`;
    const before = merged.get(key) ?? { count: 0, examples: [] };
    // What is shared is told by its line.
    const places = examples.map(({ line, id }) => ({ line, id: /_(DUPLICATE|SHARED)$/.test(code) ? '' : id }));
    merged.set(key, {
      severity,
      count: before.count + count,
      examples: [...before.examples, ...places].sort((a, b) => a.line - b.line).slice(0, 3),
    });
  }
  return Object.fromEntries(merged);
}

function expectedParts({ findings, hashers, ...rest }: Expectation, report: CheckReport): unknown {
  const hasSets = Object.values(report.hashers).some((hasher) => 'parameterSets' in hasher);
  const shown = Object.entries(hashers).map(([name, { parameterSets, ...hasher }]) => [
    name,
    parametersOf(hasSets ? { ...hasher, parameterSets } : hasher),
  ]);
  return { ...rest, hashers: Object.fromEntries(shown), findings: byPlace(findings) };
}

async function checked(pieces: Iterable<Buffer>, options: CheckOptions = {}): Promise<CheckReport> {
  return check(['-'], { ...options, stdin: Readable.from(pieces) });
}

function optionsOf(shape: ShapeName): CheckOptions {
  const { firebaseConfig } = shapes[shape];
  return firebaseConfig === undefined ? {} : { firebase: parseFirebaseConfig(firebaseConfig) };
}

/** An archive is read from a file alone. */
function isPacked(shape: ShapeName): boolean {
  return shapes[shape].packed !== undefined;
}

const LINE_ENDS = { LF: '\n', CRLF: '\r\n', CR: '\r' } as const;

describe.each([
  ['csv', 'LF'],
  ['csv', 'CRLF'],
  ['csv', 'CR'],
  ['ndjson', 'LF'],
  ['ndjson', 'CRLF'],
] as const)('a %s of 20 000 rows with %s', (format, lineEnd) => {
  test('has the counts that its generator wrote down', async () => {
    const { bytes, expected } = make({ rows: 20_000, shape: format, newline: LINE_ENDS[lineEnd], seed: 7 });
    const report = await checked([bytes]);
    expect(partsOf(report)).toEqual(expectedParts(expected, report));
  });
});

describe.each(shapeNames)('2000 rows in the shape of %s', (shape) => {
  test('have the counts that their generator wrote down', async () => {
    const { bytes, expected } = make({ rows: 2000, shape, seed: 5 });
    const report = isPacked(shape)
      ? await check([await folder.write(shape, bytes)], optionsOf(shape))
      : await checked([bytes], optionsOf(shape));
    expect(partsOf(report)).toEqual(expectedParts(expected, report));
  });

  test.skipIf(isPacked(shape))('give the same report in any chunks', async () => {
    const { bytes, expected } = make({ rows: 100, shape, seed: 9 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 20 }), async (places) => {
        const report = await checked(cutBytes(bytes, places), optionsOf(shape));
        expect(partsOf(report)).toEqual(expectedParts(expected, report));
      }),
      runs(5),
    );
  });

  test('are of a form that is published', () => {
    expect(shapes[shape].urls.map((url) => new URL(url).protocol)).toContain('https:');
  });
});

test('every hasher is in it, and every verdict', () => {
  const { totals, hashers: found } = make({ rows: 1000, shape: 'csv' }).expected;
  expect(Object.keys(found).sort()).toEqual([...clerkHashers.map(({ name }) => name), 'unknown'].sort());
  for (const rows of Object.values(totals)) expect(rows).toBeGreaterThan(0);
});

test('the same seed gives the same bytes, another one others', () => {
  const bytesOf = (seed: number) => make({ rows: 1000, shape: 'ndjson', seed }).bytes.toString('latin1');
  expect(bytesOf(3)).toBe(bytesOf(3));
  expect(bytesOf(3)).not.toBe(bytesOf(4));
});

describe('the same report comes of any chunks', () => {
  const whole = { csv: make({ rows: 400, shape: 'csv' }), ndjson: make({ rows: 400, shape: 'ndjson' }) };
  const crlf = { csv: make({ rows: 400, shape: 'csv', newline: '\r\n' }), ndjson: whole.ndjson };

  test.each(['csv', 'ndjson'] as const)('%s byte by byte', async (format) => {
    const { bytes, expected } = crlf[format];
    const report = await checked(Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)));
    expect(partsOf(report)).toEqual(expectedParts(expected, report));
  });

  test.each(['csv', 'ndjson'] as const)('%s in pieces', async (format) => {
    const { bytes, expected } = whole[format];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 20 }), async (places) => {
        const report = await checked(cutBytes(bytes, places));
        expect(partsOf(report)).toEqual(expectedParts(expected, report));
      }),
      runs(30),
    );
  });
});

function cutBytes(bytes: Buffer, places: readonly number[]): Buffer[] {
  const sorted = [...new Set([0, ...places, bytes.length])].sort((a, b) => a - b);
  return sorted.slice(1).map((end, i) => bytes.subarray(sorted[i], end));
}
