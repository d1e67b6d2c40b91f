/** What runs in each environment. Self-contained and without any API of Node: cases take its text. */

/** Digests of `correct horse battery staple`, at the costs that products write. */
export const CREDENTIALS = {
  md5: '9cc2ae8a1ba7a93da39b46fc1019c481',
  bcrypt: '$2b$10$nrEZe0pLsTu7s7aL2aqOKOZTOT90qUKhB.x6gwZmF.D5SSSZlWjcS',
  pbkdf2_sha256_django: 'pbkdf2_sha256$600000$uZPSWrxfJzFUNge0AKTjX0$HZor20hsE/WWeYzTuSm1Uyn/lEGAQF4Hw/a7UiSG+Yo=',
  scrypt_werkzeug:
    'scrypt:32768:8:1$gB5tWq8sXz1nRc0V$2a5a115db02f88272fb887d97ae6d772c36044cc6eb1b05168ed6276c6220a600f01e129ae659744352e8b35f779c31737af4cd3738fd7c2a341ac8d297701f2',
  argon2id: '$argon2id$v=19$m=19456,t=2,p=1$TLI0C1GG2b6rA9UvFJR1JA$/ETlRX3xb2Y/lD45yFygS9IRwN4UuXerVpgcdbDwkm0',
};

/**
 * Verifies each digest with the right and with a wrong password, and watches the event loop meanwhile.
 * @returns data for `judge`.
 */
export async function probe(digestry, credentials) {
  const password = 'correct horse battery staple';
  const faults = [];
  const gaps = {};
  const first = {};
  const describe = ({ outcome, error }) => (error ? error.code : outcome);
  // A call that throws at once instead of rejecting its promise is a fault of its own.
  const call = (run) => {
    try {
      return run();
    } catch (error) {
      faults.push(`thrown at once: ${error}`);
      return Promise.resolve({ outcome: 'thrown' });
    }
  };
  // The longest time between two turns of a timer, less what the timer waits for anyway.
  const watch = async (name, run) => {
    let last = performance.now();
    let longest = 0;
    const timer = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 2);
    await new Promise((resolve) => setTimeout(resolve, 10));
    longest = 0;
    last = performance.now();
    try {
      return await run();
    } finally {
      longest = Math.max(longest, performance.now() - last);
      clearInterval(timer);
      gaps[name] = longest;
    }
  };
  const verifier = digestry.createVerifier();
  const outcomes = {};
  for (const [passwordHasher, passwordDigest] of Object.entries(credentials)) {
    const credential = { passwordHasher, passwordDigest };
    // The best of three: on a machine with other work, each timer is late at times.
    for (let round = 0; round < 3 && !(gaps[passwordHasher] <= 50); round++) {
      const best = gaps[passwordHasher] ?? Number.POSITIVE_INFINITY;
      const right = await watch(passwordHasher, () => call(() => verifier.verify(password, credential)));
      outcomes[passwordHasher] = [describe(right)];
      if (round === 0) first[passwordHasher] = gaps[passwordHasher];
      gaps[passwordHasher] = Math.min(best, gaps[passwordHasher]);
    }
    outcomes[passwordHasher].push(describe(await call(() => verifier.verify('wrong', credential))));
  }
  const shared = await call(() =>
    digestry.verify(password, { passwordHasher: 'bcrypt', passwordDigest: credentials.bcrypt }),
  );
  outcomes.shared = [shared.outcome];
  // Two at once, so that a second thread has work too.
  const two = await Promise.all(
    ['one', 'two'].map((wrong) =>
      call(() => verifier.verify(wrong, { passwordHasher: 'bcrypt', passwordDigest: credentials.bcrypt })),
    ),
  );
  outcomes.together = two.map(({ outcome }) => outcome);
  const stats = verifier.stats();
  const backends = await verifier.backends();
  await verifier.close();
  return { outcomes, gaps, first, stats, backends, faults };
}
