/** The licences of the packages whose code is in dist, from the packages' own files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Texts that a package leaves out of what it publishes, by its name, from its repository. */
const TEXTS = fileURLToPath(new URL('licences/', import.meta.url));

/** @param modules paths of all bundled modules. */
export function thirdPartyLicences(modules: Iterable<string>): string {
  const folders = new Set<string>();
  for (const path of modules) {
    const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path.replaceAll('\\', '/')) ?? [];
    if (folder !== undefined) folders.add(folder);
  }
  const parts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((one) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(one));
    const path = file === undefined ? join(TEXTS, `${name}.txt`) : join(folder, file);
    if (!existsSync(path)) throw new Error(`${name} brings no text of its licence`);
    return {
      name: `${name} ${version}`,
      text: `${name} ${version} (${license})\n\n${readFileSync(path, 'utf8').trim()}`,
    };
  });
  parts.sort((a, b) => (a.name < b.name ? -1 : 1));
  const head = 'digestry contains code of these packages, under these licences.';
  return `${[head, ...parts.map(({ text }) => text)].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
