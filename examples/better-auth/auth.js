import { APIError, betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { createVerifier } from 'digestry';
import { tables } from './tables.js';

// Argon2id: bcrypt would refuse passwords over 72 bytes, which Better Auth takes.
const verifier = createVerifier({ upgradeTo: 'argon2id', equalize: true, maxQueue: 200 });

/** What Better Auth answers with: 503 for now, else 500. */
function failure(error) {
  const later = error.code === 'ERR_QUEUE_FULL' || error.code === 'ERR_CLOSED';
  return later ? new APIError('SERVICE_UNAVAILABLE') : error;
}

/** Better Auth calls it for new passwords, and for a missing user or password, so that each sign-in costs the same. */
async function hash(password) {
  try {
    return (await verifier.hash(password)).passwordDigest;
  } catch (error) {
    throw failure(error);
  }
}

async function verify({ hash: digest, password }) {
  const verdict = await verifier.verifyAny(password, digest);
  if (verdict.outcome === 'rejected') {
    if (['ERR_QUEUE_FULL', 'ERR_CLOSED', 'ERR_BACKEND'].includes(verdict.error.code)) throw failure(verdict.error);
    console.error(`a digest cannot match: ${verdict.error.code}`);
  }
  if (verdict.outcome !== 'match') return false;
  if (verdict.rehash.length > 0) {
    await upgrade(digest, password).catch((error) => console.error('not upgraded:', error.message)); // still a match
  }
  return true;
}

/** A compare-and-swap: where the password was changed in the meantime, that change wins. */
async function upgrade(digest, password) {
  const next = await hash(password);
  const { adapter } = await auth.$context;
  const where = [
    { field: 'providerId', value: 'credential' },
    { field: 'password', value: digest },
  ];
  const rows = await adapter.updateMany({ model: 'account', where, update: { password: next } });
  if (rows > 0) console.log(`upgraded ${rows} account${rows > 1 ? 's' : ''}`);
}

export const auth = betterAuth({
  database: memoryAdapter(tables),
  secret: process.env.BETTER_AUTH_SECRET,
  baseURL: process.env.BETTER_AUTH_URL,
  emailAndPassword: { enabled: true, password: { hash, verify } },
});
