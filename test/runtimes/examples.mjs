/** Each hasher's example and a wrong password. Self-contained, as `probe`: cases take its text. */
export async function verifyExamples(digestry) {
  const wrong = [];
  for (const { name, example } of digestry.clerkHashers) {
    const credential = { passwordHasher: name, passwordDigest: example.digest };
    const verdicts = [];
    for (const password of [example.password ?? '', `#${example.password ?? ''}`]) {
      const verdict = await digestry.verify(password, credential);
      verdicts.push(verdict.outcome === 'rejected' ? verdict.error.code : verdict.outcome);
    }
    const wanted = example.password === undefined ? 'ERR_UNVERIFIABLE,ERR_UNVERIFIABLE' : 'match,mismatch';
    if (String(verdicts) !== wanted) wrong.push(`${name}: ${verdicts}`);
  }
  return wrong;
}

/**
 * Work of seconds or more in each KDF, aborted by a timer: it only ends where timers fire in the middle of it.
 * @returns for each KDF the code of the verdict, and the milliseconds until it came.
 */
export async function abortEach(digestry, backend, signalIn) {
  const salt = 'AAAAAAAAAAAAAAAAAAAAAA';
  const hash = 'A'.repeat(43);
  const digests = {
    bcrypt: ['bcrypt', '$2b$20$nrEZe0pLsTu7s7aL2aqOKOZTOT90qUKhB.x6gwZmF.D5SSSZlWjcS'],
    pbkdf2: ['pbkdf2_sha256_django', `pbkdf2_sha256$9000000$salt$${hash}=`],
    scrypt: ['scrypt_werkzeug', `scrypt:32768:8:8$gB5tWq8sXz1nRc0V$${'00'.repeat(64)}`],
    argon2: ['argon2id', `$argon2id$v=19$m=65536,t=60,p=1$${salt}$${hash}`],
    iteratedHash: ['phpass', '$P$Mx7Qm2Kd9je591C6aIsMf3ZmTkWb6E/'],
  };
  const limits = { ...digestry.DEFAULT_LIMITS, bcryptCost: 20 };
  const found = {};
  for (const [kdf, [passwordHasher, passwordDigest]] of Object.entries(digests)) {
    const verifier = digestry.createVerifier({ limits, ...(backend && { backends: { [kdf]: backend } }) });
    const since = Date.now();
    const verdict = await verifier.verify('x', { passwordHasher, passwordDigest }, { signal: signalIn(50) });
    found[kdf] = [verdict.error?.code ?? verdict.outcome, Date.now() - since, verdict.error?.message];
  }
  return found;
}
