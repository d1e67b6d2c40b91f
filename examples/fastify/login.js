import { createVerifier } from 'digestry';
import { findUser, replaceDigest } from './users.js';

export const verifier = createVerifier({ upgradeTo: 'argon2id', equalize: true, maxQueue: 200 });

/** The answer to a login: 200, 400, 401, 500 or 503. A 401 is the same for every reason, and costs the same work. */
export async function login(body, signal) {
  const { email, password } = body ?? {};
  if (typeof email !== 'string' || typeof password !== 'string') {
    return { status: 400, body: { error: 'email and password must be strings' } };
  }
  const user = await findUser(email);
  const verdict = user
    ? await verifier.verifyAndUpgrade(password, user, (next, previous) => replaceDigest(user.id, next, previous), {
        signal,
      })
    : await verifier.verifyUnknownUser(password, { signal });
  if (verdict.outcome === 'match') {
    if (verdict.upgradeError) console.error(`user ${user.id} was not upgraded:`, verdict.upgradeError.message); // still a match
    return { status: 200, body: { id: user.id } }; // start the session here
  }
  if (verdict.outcome === 'rejected') {
    const { code } = verdict.error;
    if (code === 'ERR_QUEUE_FULL' || code === 'ERR_CLOSED') return { status: 503, body: { error: 'busy, try again' } };
    if (user) console.error(`user ${user.id} cannot sign in: ${code}`); // the digest, never the password
    if (code === 'ERR_BACKEND') return { status: 500, body: { error: 'internal error' } }; // says nothing about the password
  }
  return { status: 401, body: { error: 'wrong email or password' } };
}
