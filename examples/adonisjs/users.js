// Stands for the model `User`: digests as the old system left them. Every known password is "correct horse battery staple".
const users = [
  { id: 1, email: 'ada@example.com', password: 'kJ8dQ2vR$4a6a28af5cbb750d7ac04d22add5dc3c' },
  { id: 2, email: 'grace@example.com', password: '$P$Bx7Qm2Kd9je591C6aIsMf3ZmTkWb6E/' },
  // Signs in with another provider: has no password.
  { id: 3, email: 'linus@example.com', password: null },
  // Django's mark of an unusable password.
  { id: 4, email: 'margaret@example.com', password: '!gG4bQzWm1xTn' },
  // Cut off by a column of 50 characters.
  { id: 5, email: 'barbara@example.com', password: '$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOr' },
];

/** User.findBy('email', email) */
export async function findUser(email) {
  return structuredClone(users.find((user) => user.email === email));
}

/** User.query().where({ id, password: previous }).update({ password: next }) */
export async function replacePassword(id, next, previous) {
  const user = users.find((one) => one.id === id && one.password === previous);
  if (user === undefined) return false; // The password was changed in the meantime: that change wins.
  user.password = next;
  console.log(`upgraded user ${id}`);
  return true;
}
