// Runs every generator and writes ../hashers and ../convert: see README.md.
// `--fresh` also runs those whose product draws its own salt, whose committed output is kept otherwise.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derive } from './derived.mjs';
import { GENERATORS_FOLDER, isGenerated, readVectors, writeConvert, writeHasher } from './files.mjs';

// Debian's own Python: another one in PATH does not see Debian's packages.
const PYTHON = ['/usr/bin/python3', '-W', 'ignore'];
const PHP = ['php', '-d', 'display_errors=stderr'];
const PERL = ['perl'];
const RUBY = ['ruby'];

// The upstream product of a hasher comes before its second source; derived.mjs starts from the first.
const GENERATORS = [
  { file: 'django_.py', command: PYTHON },
  { file: 'werkzeug_.py', command: PYTHON },
  { file: 'wordpress.php', command: PHP },
  { file: 'symfony.php', command: PHP },
  { file: 'devise.rb', command: RUBY },
  { file: 'firebase.py', command: PYTHON },
  { file: 'cognito.py', command: PYTHON },
  { file: 'python_bcrypt.py', command: PYTHON },
  { file: 'argon2_cffi.py', command: PYTHON },
  { file: 'python_hashlib.py', command: PYTHON },
  { file: 'passlib_.py', command: PYTHON },
  { file: 'php.php', command: PHP },
  { file: 'php_password_hash.php', command: PHP, drawsSalt: true },
  { file: 'htpasswd.py', command: PYTHON, drawsSalt: true },
  { file: 'slappasswd.py', command: PYTHON, drawsSalt: true },
  { file: 'libxcrypt_.py', command: PYTHON },
  { file: 'ruby_bcrypt.rb', command: RUBY },
  { file: 'eksblowfish.pl', command: PERL },
  { file: 'pycryptodome_.py', command: PYTHON },
  { file: 'argon2_cli.py', command: PYTHON },
  { file: 'libgcrypt_.py', command: PYTHON },
  { file: 'mkpasswd.py', command: PYTHON },
];

const fresh = process.argv.includes('--fresh');

/** Debian's WordPress is unpacked and not installed: installing it brings a web server and a database. */
function withWordPress(use) {
  if (process.env.WORDPRESS_INCLUDES) return use(process.env.WORDPRESS_INCLUDES);
  const folder = mkdtempSync(join(tmpdir(), 'wordpress-'));
  try {
    // apt warns where its own user cannot write to the folder.
    execFileSync('apt-get', ['-o', 'APT::Sandbox::User=root', '-q', 'download', 'wordpress'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [archive] = readdirSync(folder);
    execFileSync('dpkg-deb', ['-x', archive, folder], { cwd: folder });
    return use(join(folder, 'usr/share/wordpress/wp-includes'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run({ file, command }, includes) {
  const [program, ...options] = command;
  const output = execFileSync(program, [...options, join(GENERATORS_FOLDER, file)], {
    encoding: 'utf8',
    env: { ...process.env, WORDPRESS_INCLUDES: includes, PYTHONDONTWRITEBYTECODE: '1' },
    maxBuffer: 2 ** 28,
  });
  return output.split('\n').filter(Boolean).map(JSON.parse);
}

/** The committed groups of one generator. */
function committed(file) {
  const path = `vectors/generators/${file}`;
  return readVectors('hashers').flatMap(({ hasher, groups }) =>
    groups.filter(({ source }) => source.path === path).map((group) => ({ hasher, ...group })),
  );
}

const generated = withWordPress((includes) =>
  GENERATORS.flatMap((generator) => {
    const kept = generator.drawsSalt && !fresh ? committed(generator.file) : [];
    process.stderr.write(`${kept.length ? 'kept' : 'run '} ${generator.file}\n`);
    return kept.length ? kept : run(generator, includes);
  }),
);
const ofHashers = generated.filter((group) => group.hasher);
const ofSystems = generated.filter((group) => group.system);
ofHashers.push(...derive(ofHashers));

const flags = JSON.parse(readFileSync(join(GENERATORS_FOLDER, 'flags.json'), 'utf8'));
for (const hasher of new Set(ofHashers.map((group) => group.hasher))) {
  const before = readVectors('hashers').find((file) => file.hasher === hasher);
  const copied = (before?.groups ?? []).filter((group) => !isGenerated(group));
  const groups = ofHashers.filter((group) => group.hasher === hasher);
  writeHasher(hasher, [...copied, ...groups], { ...before?.notes, ...flags });
}
for (const system of new Set(ofSystems.map((group) => group.system))) {
  const before = readVectors('convert').find((file) => file.system === system);
  const copied = (before?.groups ?? []).filter((group) => !isGenerated(group));
  writeConvert(system, [...copied, ...ofSystems.filter((group) => group.system === system)]);
}
