/** crypt(3) on one core against libxcrypt, and Drupal 7's 2^15 of SHA-512 against the loop that people write. */
import { hash as cryptoHash } from 'node:crypto';
import { decodeCrypt64 } from '../src/encoding/crypt64.js';
import type { CryptJob, IteratedHashJob } from '../src/jobs.js';
import { kernelFor, sameBytes } from './support/kernels.js';
import { libxcrypt } from './support/libxcrypt.js';
import { contestant, race } from './support/race.js';
import type { Row, Wanted } from './support/row.js';
import { present, versus } from './support/versus.js';

const PASSWORD = 'correct horse';
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

interface Scheme {
  readonly what: string;
  readonly digest: string;
  readonly job: CryptJob;
  readonly alone?: Wanted;
  readonly together?: Wanted;
}

const password = text(PASSWORD);
const salt = text('saltstringsaltst');
const SCHEMES: readonly Scheme[] = [
  {
    what: 'sha512_crypt 5000',
    digest:
      '$6$saltstringsaltst$bCw7Luzu/QuQ7MeikTUrtG/H3qEhWE0qeSa7fQ7Q.KB7rHffvy6nWAiqxozGGanThe/hZPI9w1X/Yv09XRqnt1',
    job: { scheme: 'sha512_crypt', password, salt, rounds: 5000 },
    alone: { least: 0.8 },
    together: { least: 1.1 },
  },
  {
    what: 'sha256_crypt 5000',
    digest: '$5$saltstringsaltst$jLZQheM22MPm6SnLJWD3VQoX3IEoDyQRzGwNm7I7TtC',
    job: { scheme: 'sha256_crypt', password, salt, rounds: 5000 },
  },
  {
    what: 'md5_crypt',
    digest: '$1$saltstri$CVtlMpOHug1.jDUbVpFvB1',
    job: { scheme: 'md5_crypt', password, salt: text('saltstri') },
  },
  {
    what: 'sha1_crypt 5000',
    digest: '$sha1$5000$saltstringsaltst$fphiv9ab7iAjDlSp6s0EB0oPuCML',
    job: { scheme: 'sha1_crypt', password, salt, rounds: 5000 },
  },
];

async function askScheme({ what, digest, job, alone, together }: Scheme): Promise<Row[]> {
  const from = digest.lastIndexOf('$') + 1;
  const task = { kdf: 'crypt', job, hash: decodeCrypt64(digest, from, digest.length, 'hash') } as const;
  const wrong: CryptJob = { ...job, password: text('incorrect') };
  const one = await kernelFor(task, wrong, 'lanes', 1);
  const batch = await kernelFor(task, wrong, 'lanes', 'all');
  const native = libxcrypt(PASSWORD, digest);
  const measured = await race(present([one, native, batch]));
  return [
    ...versus(measured, `${what}, alone`, one, native, alone),
    ...versus(measured, `${what}, batch of ${batch.count}`, batch, native, together),
  ];
}

/** Linux's default, one at a time: its kernel has one lane. */
async function askYescrypt(): Promise<Row[]> {
  const digest = '$y$j9T$nZ4SoJKNi/WMtFLNUA5Po/$6ElT6rrz2X3PrGnSsUwmn.NzBri2kvMEob/XYuMPCC1';
  const from = digest.lastIndexOf('$') + 1;
  const yescryptSalt = decodeCrypt64(digest, '$y$j9T$'.length, from - 1, 'salt');
  const job: CryptJob = { scheme: 'yescrypt', password, salt: yescryptSalt, flags: 182, N: 4096, r: 32, p: 1, t: 0 };
  const task = { kdf: 'crypt', job, hash: decodeCrypt64(digest, from, digest.length, 'hash') } as const;
  const one = await kernelFor(task, { ...job, password: text('incorrect') }, 'yescrypt', 1);
  const native = libxcrypt(PASSWORD, digest);
  return versus(await race(present([one, native])), 'yescrypt j9T, alone', one, native);
}

async function askDrupal(): Promise<Row[]> {
  const job: IteratedHashJob = {
    algorithm: 'sha512',
    first: text(`saltsalt${PASSWORD}`),
    suffix: password,
    rounds: 2 ** 15,
  };
  const loop = (): Uint8Array => {
    let h: Uint8Array = cryptoHash('sha512', job.first, 'buffer');
    for (let i = 0; i < job.rounds; i++) h = cryptoHash('sha512', Buffer.concat([h, job.suffix]), 'buffer');
    return h;
  };
  // One buffer for all rounds, and the answer as the text that crypto.hash gives fastest.
  const fastest = (): Uint8Array => {
    const message = Buffer.alloc(64 + job.suffix.length);
    message.set(job.suffix, 64);
    message.write(cryptoHash('sha512', job.first, 'binary'), 0, 64, 'latin1');
    for (let i = 0; i < job.rounds; i++) message.write(cryptoHash('sha512', message, 'binary'), 0, 64, 'latin1');
    return message.subarray(0, 64);
  };
  const hash = loop();
  const looped = contestant('crypto.hash loop', 1, fastest, () => sameBytes(fastest(), hash));
  const task = { kdf: 'iteratedHash', job, hash } as const;
  const wrong: IteratedHashJob = { ...job, first: text('incorrect') };
  const one = await kernelFor(task, wrong, 'lanes', 1);
  const batch = await kernelFor(task, wrong, 'lanes', 'all');
  const measured = await race([one, looped, batch]);
  return [
    ...versus(measured, 'Drupal 7, 2^15, alone', one, looped, { least: 2.2 }),
    ...versus(measured, `Drupal 7, 2^15, batch of ${batch.count}`, batch, looped),
  ];
}

export async function ask(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const scheme of SCHEMES) rows.push(...(await askScheme(scheme)));
  rows.push(...(await askYescrypt()));
  rows.push(...(await askDrupal()));
  return rows;
}
