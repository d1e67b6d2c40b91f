/** Builds the elements of the results. */
import type { DigestError, Finding } from 'digestry/portable';
import { comparedText, workText } from '../site/cost-text.js';
import { bytesText, grouped } from '../site/html.js';
import type { Analysis, Reading, TargetAnswer } from './analysis.js';
import { type Child, element } from './element.js';

/** From worst to best. */
export type Outcome = 'bad' | 'warn' | 'ok';

export interface Actions {
  /** Replaces the line by this text. */
  readonly replace: (digest: string) => void;
}

export function outcomeOf({ readings, error }: Analysis): Outcome {
  const [best] = readings;
  if (best === undefined || error !== undefined || best.error !== undefined) return 'bad';
  return best.findings.some(({ severity }) => severity === 'warning') ? 'warn' : 'ok';
}

/** @param line its number, if there are several lines. */
export function resultOf(analysis: Analysis, line: number | undefined, actions: Actions): HTMLElement {
  const { text, readings, error, mended } = analysis;
  const article = element('article', { class: `result ${outcomeOf(analysis)}` });
  const where = line === undefined ? '' : `Line ${line}: `;
  if (error !== undefined) {
    article.append(
      element(
        'h3',
        {},
        where,
        hasherLink(error.hasher ?? mended?.passwordHasher),
        ' ',
        element('span', { class: 'badge bad' }, NEVER),
      ),
      damaged(text, error),
      problem(error),
      ...mend(mended?.passwordDigest, text, actions),
    );
    return article;
  }
  show(0);
  return article;

  function show(index: number): void {
    const reading = readings[index];
    if (reading === undefined) return;
    article.replaceChildren(
      element('h3', {}, where, hasherLink(reading.hasher), ' ', badgeOf(reading)),
      ...choice(index),
      ...bodyOf(reading, text, actions),
    );
  }

  /** The candidate that is shown, if there are several. */
  function choice(shown: number): Node[] {
    if (readings.length < 2) return [];
    const buttons = readings.map((reading, i) => {
      const pressed = { 'aria-pressed': String(i === shown) };
      const press = () => {
        show(i);
        article.querySelectorAll<HTMLButtonElement>('.choice button')[i]?.focus();
      };
      return element(
        'button',
        { type: 'button', ...pressed, click: press },
        `${reading.hasher} (${reading.certainty})`,
      );
    });
    return [
      element('div', { class: 'choice', role: 'group', 'aria-label': 'It could be of' }, 'It could be of ', ...buttons),
    ];
  }
}

const NO_WAY =
  'If a target does not take it, verify these users at login with digestry, and rehash their passwords there.';
const NEVER = 'will not verify as it is';

function hasherLink(name: string | undefined): Child {
  return name === undefined ? 'Unknown' : element('a', { href: `hashers/${name}.html` }, name);
}

function badgeOf({ error, findings, cost, certainty }: Reading): HTMLElement {
  if (error !== undefined) return element('span', { class: 'badge bad' }, NEVER);
  if (findings.some(({ severity }) => severity === 'warning')) {
    return element('span', { class: 'badge warn' }, 'will verify, with a warning');
  }
  if (cost?.work === 0) return element('span', { class: 'badge ok' }, 'the right shape');
  const guess = certainty === 'possible' ? ', if it is one' : '';
  return element('span', { class: 'badge ok' }, `will verify${guess}`);
}

function bodyOf(reading: Reading, text: string, actions: Actions): Node[] {
  const { title, reason, error, mended, digest, isConverted } = reading;
  if (error !== undefined) {
    return [damaged(text, error), problem(error), ...mend(mended?.passwordDigest, text, actions)];
  }
  return [
    element('p', {}, title, reason === '' ? '' : ` Reason: ${reason}.`),
    ...(isConverted ? [element('h4', {}, `Converted to ${reading.hasher}`)] : []),
    divided(reading),
    fieldTable(reading),
    facts(reading),
    ...findingList(reading.findings),
    ...mend(
      digest === mended?.passwordDigest ? undefined : mended?.passwordDigest,
      text,
      actions,
      'The canonical spelling',
    ),
    element('h4', {}, 'Will it work there?'),
    targetTable(reading.targets),
    ...(reading.targets.some(({ answer }) => answer === 'no') ? [element('p', {}, NO_WAY)] : []),
  ];
}

/** Builds the digest with its fields marked. */
function divided({ digest, fields }: Reading): HTMLElement {
  const parts: Node[] = [];
  let at = 0;
  for (const { number, name, start, end } of fields) {
    if (start > at) parts.push(element('span', {}, digest.slice(at, start)));
    parts.push(
      element(
        'mark',
        { class: `f${number}`, title: name },
        element('sup', {}, String(number)),
        digest.slice(start, end),
      ),
    );
    at = end;
  }
  if (at < digest.length) parts.push(element('span', {}, digest.slice(at)));
  return element('div', { class: 'digest' }, element('code', {}, ...parts));
}

/** Builds the text with the place of the error marked: the character, or the end if something is missing. */
function damaged(text: string, { code, offset }: DigestError): HTMLElement {
  // Other codes are about the whole digest.
  const hasPlace = code === 'ERR_MALFORMED' || code === 'ERR_LIMIT';
  if (!hasPlace || offset === undefined || offset > text.length)
    return element('div', { class: 'digest' }, element('code', {}, text));
  const found = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  const character = offset === text.length ? '' : found;
  const mark = element('mark', { class: 'error' }, character === '' ? '▲' : visible(character));
  const rest = text.slice(offset + character.length);
  return element('div', { class: 'digest' }, element('code', {}, text.slice(0, offset), mark, rest));
}

function visible(character: string): string {
  return /\s/.test(character) ? '␠' : character;
}

function problem({ code, message, field, offset, fix, hint }: DigestError): HTMLElement {
  const place = [field, offset === undefined ? undefined : `offset ${offset}`].filter((part) => part !== undefined);
  return element(
    'div',
    { class: 'problem' },
    element('p', {}, codeLink(code), ' ', message, place.length === 0 ? '' : ` (${place.join(', ')})`),
    fix !== undefined && element('p', {}, element('strong', {}, 'Fix: '), fix),
    hint !== undefined && element('p', {}, element('strong', {}, 'Hint: '), hint),
  );
}

function codeLink(code: string): HTMLElement {
  return element('a', { href: `errors.html#${code.toLowerCase()}`, class: 'code' }, code);
}

function mend(mended: string | undefined, text: string, { replace }: Actions, what = 'Mended'): HTMLElement[] {
  if (mended === undefined || mended === text) return [];
  const use = element('button', { type: 'button', click: () => replace(mended) }, 'Use it');
  return [element('div', { class: 'mended' }, element('p', {}, `${what}: `, use), element('code', {}, mended))];
}

function fieldTable({ fields }: Reading): HTMLElement {
  const rows = fields.map(({ number, name, start, end, callout }) =>
    element(
      'tr',
      {},
      element('td', {}, element('span', { class: `mark f${number}` }, String(number)), ' ', name),
      element('td', { class: 'number' }, end - start > 1 ? `${start}–${end - 1}` : String(start)),
      element('td', { class: 'number', 'data-unit': ' characters' }, String(end - start)),
      element('td', {}, callout),
    ),
  );
  return table('Fields of the digest', ['field', 'offsets', 'characters', 'meaning'], rows);
}

function facts({ params, cost }: Reading): HTMLElement {
  const list = element('dl', { class: 'facts' });
  const fact = (name: string, value: string) =>
    list.append(element('div', {}, element('dt', {}, name), element('dd', {}, value)));
  for (const [name, value] of Object.entries(params)) fact(name, typeof value === 'number' ? grouped(value) : value);
  if (cost !== undefined) {
    fact('work', workText(cost));
    if (cost.memoryBytes > 0) fact('memory', bytesText(cost.memoryBytes));
    fact('compared with bcrypt cost 10', comparedText(cost));
  }
  return list;
}

function findingList(findings: readonly Finding[]): HTMLElement[] {
  if (findings.length === 0) return [];
  const items = findings.map(({ code, severity, message, fix, offset }) =>
    element(
      'li',
      { class: severity },
      codeLink(code),
      ` ${message}`,
      offset === undefined ? '' : ` (offset ${offset})`,
      fix !== undefined && element('span', { class: 'fix' }, ` Fix: ${fix}.`),
    ),
  );
  return [element('h4', {}, 'Worth knowing'), element('ul', { class: 'findings' }, ...items)];
}

function targetTable(answers: readonly TargetAnswer[]): HTMLElement {
  const kinds = { yes: 'ok', no: 'bad', unknown: 'warn' } as const;
  const rows = answers.map(({ title, answer, why }) =>
    element(
      'tr',
      {},
      element('td', {}, title),
      element('td', {}, element('span', { class: `badge ${kinds[answer]}` }, answer)),
      element('td', {}, why),
    ),
  );
  return table('Targets', ['target', 'takes it', 'form or reason'], rows);
}

function table(caption: string, head: readonly string[], rows: readonly HTMLElement[]): HTMLElement {
  const titles = head.map((title) => element('th', { scope: 'col' }, title));
  return element(
    'div',
    { class: 'table', tabindex: '0' },
    element(
      'table',
      {},
      element('caption', { class: 'unseen' }, caption),
      element('thead', {}, element('tr', {}, ...titles)),
      element('tbody', {}, ...rows),
    ),
  );
}
