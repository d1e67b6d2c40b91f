import { sanitizeForDisplay } from '../../encoding/display.js';
/** HTML and SVG as text: the text of a template is code, and every value in it is escaped. */

/** Text that is markup already: made by `markup` alone, never from data. */
export class Markup {
  readonly #text: string;

  constructor(strings: readonly string[], values: readonly Content[]) {
    this.#text = strings.map((text, i) => text + contentText(values[i])).join('');
  }

  toString(): string {
    return this.#text;
  }
}

/** Nothing is written for undefined; the parts of a list follow each other. */
export type Content = Markup | string | number | undefined | readonly Content[];

/**
 * A template. Its values are safe between tags, and in attributes, which need double quotes. They are not safe in
 * the name of a tag or of an attribute, in `<style>`, nor as a whole URL.
 */
export function markup(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings, values);
}

function contentText(content: Content): string {
  if (content === undefined) return '';
  if (content instanceof Markup) return content.toString();
  if (Array.isArray(content)) return content.map(contentText).join('');
  return escaped(String(content));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Also without what would change the direction of the text around it, and without halves of characters. */
function escaped(text: string): string {
  return sanitizeForDisplay(text, Number.POSITIVE_INFINITY).replace(
    /[&<>"'`]/g,
    (character) => ENTITIES[character] as string,
  );
}
