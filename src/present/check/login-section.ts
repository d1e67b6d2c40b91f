/** What logins will cost. */
import type { Cost } from '../../types.js';
import { type Content, type Markup, markup, stackedBars } from '../charts/index.js';
import { folded, type Section } from '../html/section.js';
import { formatAmount, formatBytes, formatCount, formatDuration, formatPercent } from '../quantity.js';
import type { LoginCost, Logins } from './logins.js';

const OPEN = 12;
const MOST = 60;
const MOST_BARS = 8;

export function loginSection({ costs, untimed, meanMs, speeds }: Logins): Section | undefined {
  if (costs.length === 0) return undefined;
  const rows = costs.reduce((sum, one) => sum + one.rows, 0);
  const [open, more] = [costs.slice(0, OPEN), costs.slice(OPEN, MOST)];
  const left = costs.length - MOST;
  const content: Content = [
    untimed.length > 0 ? markup`<p>${untimedText(untimed, costs)}</p>` : undefined,
    meanMs === undefined ? undefined : markup`<p>${meanText(meanMs)} ${worstText(costs)}</p>`,
    meanMs === undefined ? undefined : timeByHasher(costs),
    table(open, rows),
    more.length === 0
      ? undefined
      : folded(`${formatCount(costs.length - OPEN)} more sets of parameters`, [
          table(more, rows),
          left > 0 ? markup`<p class="lesser">and ${formatCount(left)} rarer ones</p>` : undefined,
        ]),
    markup`<p class="lesser">${speeds.origin} Core time of one login alone, and of one under load, in a full batch.</p>`,
  ];
  return { id: 'logins', link: 'Login cost', title: 'What a login costs', content };
}

/** Where the time of all logins goes. */
function timeByHasher(costs: readonly LoginCost[]): Markup | undefined {
  const times = new Map<string, number>();
  for (const { hasher, aloneMs = 0, rows } of costs) times.set(hasher, (times.get(hasher) ?? 0) + rows * aloneMs);
  const whole = [...times.values()].reduce((sum, ms) => sum + ms, 0);
  if (times.size < 2 || whole === 0) return undefined;
  const bars = [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_BARS)
    .map(([label, ms]) => ({ label, note: `${formatDuration(ms)} · ${formatPercent(ms, whole)}`, values: [ms] }));
  const title = 'Time of one core if every user signs in once';
  const chart = stackedBars({ title, series: [{ name: 'time', tone: 'series-1' }], bars, format: formatDuration });
  return markup`<figure><figcaption>${title}: ${formatDuration(whole)}</figcaption>${chart}</figure>`;
}

/** An average over some hashers would look like the average of all. */
function untimedText(untimed: readonly string[], costs: readonly LoginCost[]): string {
  const rows = costs.reduce((sum, one) => sum + (one.aloneMs === undefined ? one.rows : 0), 0);
  return `The benchmark has no time for ${untimed.join(', ')} (${formatAmount(rows, 'row')}): no average is shown.`;
}

function meanText(meanMs: number): string {
  const perSecond = 1000 / meanMs;
  const rate = perSecond >= 10 ? formatCount(Math.round(perSecond)) : perSecond.toPrecision(2);
  return `If all users sign in equally often, a login takes ${formatDuration(meanMs)} of a core on average: one core serves about ${rate} a second.`;
}

function worstText(costs: readonly LoginCost[]): string {
  const known = costs.filter(({ aloneMs }) => aloneMs !== undefined);
  const slowest = known.reduce((a, b) => ((b.aloneMs ?? 0) > (a.aloneMs ?? 0) ? b : a));
  const largest = costs.reduce((a, b) => (b.cost.memoryBytes > a.cost.memoryBytes ? b : a));
  const slow = `The slowest is ${slowest.hasher} with ${symbolsText(slowest.cost)}: ${formatDuration(slowest.aloneMs ?? 0)}.`;
  return largest.cost.memoryBytes < 2 ** 20
    ? slow
    : `${slow} The most memory, ${formatBytes(largest.cost.memoryBytes)}, is for ${largest.hasher} with ${symbolsText(largest.cost)}.`;
}

function table(costs: readonly LoginCost[], rows: number): Markup {
  const lines = costs.map(
    ({ hasher, insecure, cost, rows: count, aloneMs, loadedMs }) =>
      markup`<tr><th scope="row"><code>${hasher}</code>${insecure ? markup` <span class="badge">insecure</span>` : undefined}<br><span class="lesser">${symbolsText(cost)}</span></th><td data-name="Rows">${formatCount(count)}<br><span class="lesser">${formatPercent(count, rows)}</span></td><td data-name="Alone">${aloneMs === undefined ? '–' : formatDuration(aloneMs)}</td><td data-name="Under load">${loadedMs === undefined ? '–' : formatDuration(loadedMs)}</td><td data-name="Memory">${cost.memoryBytes === 0 ? '–' : formatBytes(cost.memoryBytes)}</td></tr>`,
  );
  return markup`<table><thead><tr><th scope="col">Hasher</th><th scope="col">Rows</th><th scope="col">Alone</th><th scope="col">Under load</th><th scope="col">Memory</th></tr></thead><tbody>${lines}</tbody></table>`;
}

/** Digests of phpass have the logarithm as their cost. */
function formatRounds(rounds: number): string {
  const log = Math.log2(rounds);
  return `${formatAmount(rounds, 'round')}${log >= 4 && Number.isInteger(log) ? ` (2^${log})` : ''}`;
}

/** In the words of the KDF. */
export function symbolsText({ kdf, symbols }: Cost): string {
  const { cost, c, dkLen = 0, N = 0, r, p, m = 0, t, rounds } = symbols;
  switch (kdf) {
    case 'bcrypt':
      return `cost ${cost}`;
    case 'pbkdf2':
      return `${formatAmount(c ?? 0, 'iteration')}, ${dkLen} bytes`;
    case 'scrypt':
      return `N=${formatCount(N)}, r=${r}, p=${p}`;
    case 'argon2':
      return `${formatBytes(1024 * m)}, t=${t}, p=${p}`;
    case 'iteratedHash':
    case 'crypt':
      return formatRounds(rounds ?? 0);
    default:
      return 'one hash';
  }
}
