/** The letters of the IBM PC's code page 437 over ASCII, in their order from 128: what Windows in English gives LM hashes. */
const UPPER_HALF =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** The bytes of a text, or undefined where it has a character that is not in the page. */
export function encodeCodePage437(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 128) {
      bytes[i] = unit;
      continue;
    }
    const at = UPPER_HALF.indexOf(text[i] as string);
    if (at === -1) {
      bytes.fill(0);
      return undefined;
    }
    bytes[i] = 128 + at;
  }
  return bytes;
}
