// node add-copied.mjs [--convert] FOLDER
// Puts the copied groups of FOLDER/<name>.json into ../hashers (or ../convert), in place of the copied groups there.
// Such a file is an array of groups, or an object { groups, notes }.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { GENERATORS_FOLDER, isGenerated, readVectors, writeConvert, writeHasher } from './files.mjs';

const { values, positionals } = parseArgs({ options: { convert: { type: 'boolean' } }, allowPositionals: true });
const [folder] = positionals;
if (!folder) throw new Error('usage: add-copied.mjs [--convert] FOLDER');

const flags = JSON.parse(readFileSync(join(GENERATORS_FOLDER, 'flags.json'), 'utf8'));
const kind = values.convert ? 'convert' : 'hashers';
const files = readVectors(kind);

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const name = basename(file, '.json');
  const content = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const { groups: copied, notes } = Array.isArray(content) ? { groups: content } : content;
  if (copied.some(isGenerated)) throw new Error(`${file}: a group is not copied`);
  const before = files.find((vectors) => (vectors.hasher ?? vectors.system) === name);
  const groups = [...copied, ...(before?.groups ?? []).filter(isGenerated)];
  if (values.convert) writeConvert(name, groups);
  else writeHasher(name, groups, { ...before?.notes, ...notes, ...flags });
}
