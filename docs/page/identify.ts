/**
 * The page that identifies digests. It loads and sends nothing, and pasted text is not written to an address, to storage or
 * to a title.
 */
import { clerkHashers } from 'digestry/portable';
import { analysed } from './analysis.js';
import { byId, element } from './element.js';
import { type Outcome, outcomeOf, resultOf } from './view.js';

/** For more lines there is `digestry check`. */
const MAX_LINES = 25;
/** Waits after the last key, so that a screen reader does not announce half a digest. */
const PAUSE_MS = 200;

const input = byId('digests', HTMLTextAreaElement);
const expected = byId('expected', HTMLSelectElement);
const status = byId('status', HTMLElement);
const results = byId('results', HTMLElement);

const exampleOf = (name: string): string => clerkHashers.find((hasher) => hasher.name === name)?.example.digest ?? '';
const bcrypt = exampleOf('bcrypt');
const WORDPRESS = '$wp$2y$10$BzAexDcHAYPwfpHqEYJCxOXKwXpJzJ7PvEyMvbLv.NQn8zTXcSgdO';

const EXAMPLES: readonly (readonly [label: string, text: string])[] = [
  ['bcrypt', bcrypt],
  ['Django', exampleOf('pbkdf2_sha256_django')],
  ['Argon2id', exampleOf('argon2id')],
  ['Firebase', exampleOf('scrypt_firebase')],
  ['Werkzeug', exampleOf('scrypt_werkzeug')],
  ['32 digits', exampleOf('md5')],
  ['Spring, converted', `{bcrypt}${bcrypt}`],
  ['WordPress 6.8', WORDPRESS],
  ['cut off', bcrypt.slice(0, -1)],
  ['in quotes', `"${bcrypt}"`],
  ['several', [bcrypt, `${exampleOf('phpass')} `, `{SSHA}${'not Base64'}`, exampleOf('ldap_ssha')].join('\n')],
];

function update(): void {
  const lines = input.value.split('\n');
  const numbered = lines.map((text, i) => ({ text, number: i + 1 })).filter(({ text }) => text.trim() !== '');
  const shown = numbered.slice(0, MAX_LINES);
  const analyses = shown.map(({ text }) => analysed(text, expected.value));
  results.replaceChildren(
    ...analyses.map((analysis, i) => {
      const number = shown[i]?.number ?? 0;
      return resultOf(analysis, numbered.length > 1 ? number : undefined, {
        replace: (digest) => set(lines.with(number - 1, digest).join('\n')),
      });
    }),
  );
  const skipped = numbered.length - shown.length;
  if (skipped > 0) {
    const more = `${skipped} more lines are not shown: for a whole export there is digestry check.`;
    results.append(element('p', {}, more));
  }
  results.removeAttribute('aria-busy');
  status.textContent = summary(analyses.map(outcomeOf));
}

const SAID: Readonly<Record<Outcome, readonly [one: string, several: string]>> = {
  ok: ['It will verify.', 'will verify'],
  warn: ['It will verify, with a warning.', 'will verify, with a warning'],
  bad: ['It will not verify as it is.', 'will not verify as they are'],
};

function summary(outcomes: readonly Outcome[]): string {
  const [only, another] = outcomes;
  if (only === undefined) return '';
  if (another === undefined) return SAID[only][0];
  const parts = (['ok', 'warn', 'bad'] as const).flatMap((outcome) => {
    const count = outcomes.filter((one) => one === outcome).length;
    return count === 0 ? [] : [`${count} ${SAID[outcome][1]}`];
  });
  return `${outcomes.length} digests: ${parts.join(', ')}.`;
}

function set(text: string): void {
  input.value = text;
  update();
  input.focus();
}

let waiting: ReturnType<typeof setTimeout> | undefined;
input.addEventListener('input', () => {
  clearTimeout(waiting);
  results.setAttribute('aria-busy', 'true');
  waiting = setTimeout(update, PAUSE_MS);
});
expected.append(...clerkHashers.map(({ name }) => element('option', { value: name }, name)));
expected.addEventListener('change', update);
byId('clear', HTMLButtonElement).addEventListener('click', () => set(''));
byId('examples', HTMLElement).append(
  ...EXAMPLES.map(([label, text]) => element('button', { type: 'button', click: () => set(text) }, label)),
);
byId('identify', HTMLElement).hidden = false;
// A browser that restores the page restores the text.
update();
