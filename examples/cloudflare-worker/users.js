// Stands for the table `users`: digests as the old system left them. Every known password is "correct horse battery staple".
const users = [
  {
    id: 1,
    email: 'ada@example.com',
    passwordHasher: 'md5_salted',
    passwordDigest: 'kJ8dQ2vR$4a6a28af5cbb750d7ac04d22add5dc3c',
  },
  { id: 2, email: 'grace@example.com', passwordHasher: 'phpass', passwordDigest: '$P$Bx7Qm2Kd9je591C6aIsMf3ZmTkWb6E/' },
  // Signs in with another provider: has no password.
  { id: 3, email: 'linus@example.com', passwordHasher: null, passwordDigest: null },
  // Django's mark of an unusable password.
  { id: 4, email: 'margaret@example.com', passwordHasher: 'pbkdf2_sha256_django', passwordDigest: '!gG4bQzWm1xTn' },
  // Cut off by a column of 50 characters.
  {
    id: 5,
    email: 'barbara@example.com',
    passwordHasher: 'bcrypt',
    passwordDigest: '$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOr',
  },
];

/** select id, password_hasher, password_digest from users where email = $1 */
export async function findUser(email) {
  return structuredClone(users.find((user) => user.email === email));
}

/** update users set password_hasher = $1, password_digest = $2 where id = $3 and password_digest = $4 */
export async function replaceDigest(id, next, previous) {
  const user = users.find((one) => one.id === id && one.passwordDigest === previous.passwordDigest);
  if (user === undefined) return false; // The password was changed in the meantime: that change wins.
  Object.assign(user, next);
  console.log(`upgraded user ${id}: ${previous.passwordHasher} to ${next.passwordHasher}`);
  return true;
}
