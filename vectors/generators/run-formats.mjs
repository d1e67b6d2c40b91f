// node run-formats.mjs [--fresh] [--copied FILE] [GENERATOR ...]
// Runs the generators of ../formats (all of them, or those named) and puts their groups in place of the committed ones.
// `--fresh` also runs those whose product draws its own salt, whose committed output is kept otherwise.
// `--copied FILE` adds groups that others published: a JSON array of { hasher, source, tests }.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { GENERATORS_FOLDER } from './files.mjs';
import { readFormats, writeFormats } from './formats.mjs';

// Debian's own Python: another one in PATH does not see Debian's packages.
const PYTHON = ['/usr/bin/python3', '-W', 'ignore'];
const PHP = ['php', '-d', 'display_errors=stderr'];

const GENERATORS = [
  { file: 'libxcrypt_formats.py', command: PYTHON },
  { file: 'passlib_formats.py', command: PYTHON },
  { file: 'openssl_passwd.py', command: PYTHON },
  { file: 'htpasswd_formats.py', command: PYTHON, drawsSalt: true },
  { file: 'php_crypt.php', command: PHP, drawsSalt: true },
  { file: 'perl_modules.py', command: PYTHON },
  { file: 'grub_mkpasswd.py', command: PYTHON, drawsSalt: true },
  { file: 'samba_.py', command: PYTHON },
  { file: 'openldap_pw.py', command: PYTHON, drawsSalt: true },
  { file: 'ds389_pwdhash.py', command: PYTHON, drawsSalt: true },
  { file: 'doveadm_pw.py', command: PYTHON, drawsSalt: true },
  { file: 'authencoding.py', command: PYTHON },
  { file: 'postgresql_.py', command: PYTHON, drawsSalt: true },
  { file: 'mariadb_.py', command: PYTHON },
  { file: 'hashlib_layouts.py', command: PYTHON },
];

const { values, positionals } = parseArgs({
  options: { fresh: { type: 'boolean' }, copied: { type: 'string', multiple: true } },
  allowPositionals: true,
});

function run({ file, command: [program, ...options] }) {
  const output = execFileSync(program, [...options, join(GENERATORS_FOLDER, file)], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    maxBuffer: 2 ** 28,
  });
  return output.split('\n').filter(Boolean).map(JSON.parse);
}

const committed = readFormats();
const copied = (values.copied ?? []).flatMap((file) => JSON.parse(readFileSync(file, 'utf8')));
const wanted = GENERATORS.filter(({ file }) => !positionals.length || positionals.includes(file));
const replaced = new Set();
const made = wanted.flatMap((generator) => {
  const path = `vectors/generators/${generator.file}`;
  const kept = committed.some(({ source }) => source.path === path);
  if (generator.drawsSalt && kept && !values.fresh) return [];
  process.stderr.write(`run ${generator.file}\n`);
  replaced.add(path);
  return run(generator);
});
const isReplaced = (group) =>
  replaced.has(group.source.path) ||
  copied.some(({ hasher, source }) => hasher === group.hasher && JSON.stringify(source) === JSON.stringify(group.source));
const isCopied = ({ source }) => source.method === 'copied';
const kept = committed.filter((group) => !isReplaced(group));
const order = (group) => (isCopied(group) ? -1 : GENERATORS.findIndex(({ file }) => group.source.path.endsWith(`/${file}`)));
const all = [...kept.filter(isCopied), ...copied, ...[...kept.filter((group) => !isCopied(group)), ...made]];
writeFormats(all.sort((a, b) => order(a) - order(b)));
