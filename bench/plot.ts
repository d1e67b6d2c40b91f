/**
 * `npm run bench:plot`: logins a second of digestry and of what people use today, by how many callers wait at a time, as
 * numbers and as the picture of bench/README.md. `-- --draw NAME.json` draws again what was measured.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createNoiseMeter } from '../src/capacity/bench/noise.js';
import { quantile } from '../src/capacity/measure/statistics.js';
import { commitHere } from './support/commit.js';
import { type Concurrency, concurrencyChart } from './support/concurrency-chart.js';
import { bcryptDigest } from './support/digests.js';
import { load } from './support/login-load.js';
import { thisMachine } from './support/machine.js';
import { nameOf, RESULTS } from './support/results.js';
import { bcryptjsPool, bcryptService, digestryService, nodeRsService } from './support/services.js';
import { say } from './support/show.js';
import { present } from './support/versus.js';
import { installRivals } from './thirdparty/install.js';

const CALLERS = [1, 2, 4, 8, 16, 32, 64];
const ROUNDS = 3;
const WINDOW_MS = 1500;
/** The slowest service answers some twenty logins a second: each caller has had a turn before anything counts. */
const leadMs = (callers: number): number => 400 + 50 * callers;
const COST = 10;

/** The picture that bench/README.md shows. */
export const PICTURE: URL = new URL('concurrency.svg', RESULTS);
const NAMED = /<!-- made by bench\/plot\.ts from (\S+) -->/;

/** The numbers behind the picture, by the name that stands in it. */
export function drawnFrom(picture: string): Concurrency | undefined {
  const name = NAMED.exec(picture)?.[1];
  return name === undefined ? undefined : (JSON.parse(readFileSync(new URL(name, RESULTS), 'utf8')) as Concurrency);
}

export function pictureOf(name: string, measured: Concurrency): string {
  return `<!-- made by bench/plot.ts from ${name} -->\n${concurrencyChart(measured)}`;
}

async function measure(): Promise<Concurrency> {
  if (!installRivals()) say('What is measured against cannot be installed: the picture has digestry alone.');
  const services = present([digestryService(), await bcryptService(), await nodeRsService(), bcryptjsPool()]);
  const crowd = { digest: bcryptDigest(COST).passwordDigest };
  const rates = new Map(services.map((service) => [service, CALLERS.map((): number[] => [])]));
  const meter = createNoiseMeter();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, callers] of CALLERS.entries()) {
      for (const service of services) {
        meter.listen();
        const { latencies } = await load(service, [{ ...crowd, callers }], leadMs(callers), WINDOW_MS);
        rates.get(service)?.[at]?.push((1000 * (latencies[0]?.length ?? 0)) / WINDOW_MS);
      }
      process.stderr.write(`round ${round + 1} of ${ROUNDS}, ${callers} callers\n`);
    }
  }
  await Promise.all(services.map(({ close }) => close()));
  const commit = commitHere();
  return {
    date: new Date().toISOString().slice(0, 10),
    ...(commit !== undefined && { commit }),
    machine: thisMachine(),
    noise: meter.noise(),
    what: `bcrypt cost ${COST}`,
    callers: CALLERS,
    services: services.map((service) => ({
      name: service.name,
      perSecond: (rates.get(service) ?? []).map((rounds) => quantile(rounds, 0.5)),
    })),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [flag, file] = process.argv.slice(2);
  let name = file;
  if (flag !== '--draw' || name === undefined || !existsSync(new URL(name, RESULTS))) {
    const measured = await measure();
    name = `concurrency-${nameOf(measured.machine)}.json`;
    writeFileSync(new URL(name, RESULTS), `${JSON.stringify(measured, null, 2)}\n`);
  }
  const measured = JSON.parse(readFileSync(new URL(name, RESULTS), 'utf8')) as Concurrency;
  writeFileSync(PICTURE, pictureOf(name, measured));
  say(['callers', ...measured.callers].map((text) => String(text).padStart(6)).join(' '));
  for (const { name: service, perSecond } of measured.services) {
    say([...perSecond.map((rate) => rate.toFixed(1).padStart(6)), service].join(' '));
  }
  if (measured.noise.noisy)
    say(`The machine was noisy: ${measured.noise.reason}. The picture says so; measure it again.`);
  say(`Written to bench/results/${name} and concurrency.svg`);
}
