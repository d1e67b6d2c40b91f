/** Code with its comments, strings and keywords marked: enough for the examples of these pages. */
import { escaped } from './html.js';

const TOKENS =
  /(?<comment>\/\/.*$|\/\*[\s\S]*?\*\/)|(?<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|(?<keyword>\b(?:import|from|export|const|let|await|async|function|return|if|for|of|new|switch|case|break|type|interface|class|throw|default|else|true|false|undefined)\b)|(?<number>\b\d[\d_.]*\b)/gm;
const LANGUAGES = ['ts', 'js', 'json'];

export function highlighted(code: string, language: string): string {
  if (language === 'console' || language === 'sh') return shell(code);
  if (!LANGUAGES.includes(language)) return escaped(code);
  let html = '';
  let at = 0;
  for (const found of code.matchAll(TOKENS)) {
    const kind = Object.entries(found.groups ?? {}).find(([, text]) => text !== undefined)?.[0];
    // Printed output has a style of its own.
    const name = found[0].startsWith('//> ') ? 'output' : kind;
    html += `${escaped(code.slice(at, found.index))}<span class="t-${name}">${escaped(found[0])}</span>`;
    at = found.index + found[0].length;
  }
  return html + escaped(code.slice(at));
}

/** Marks commands, so that they differ from their output. */
function shell(code: string): string {
  return code
    .split('\n')
    .map((line) => {
      if (line.startsWith('#')) return `<span class="t-comment">${escaped(line)}</span>`;
      return line.startsWith('$ ')
        ? `<span class="t-prompt">$ </span><span class="t-command">${escaped(line.slice(2))}</span>`
        : escaped(line);
    })
    .join('\n');
}
