// Stands for your database, after the import: digests as the old system left them.
// Every known password is "correct horse battery staple".
const digests = {
  ada: 'kJ8dQ2vR$4a6a28af5cbb750d7ac04d22add5dc3c',
  grace: '$P$Bx7Qm2Kd9je591C6aIsMf3ZmTkWb6E/',
  // Signs in with another provider: has no password.
  linus: null,
  // Django's mark of an unusable password.
  margaret: '!gG4bQzWm1xTn',
  // Cut off by a column of 50 characters.
  barbara: '$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOr',
};

const dates = { createdAt: new Date(), updatedAt: new Date() };
const names = Object.keys(digests);

export const tables = {
  user: names.map((name) => ({ id: name, name, email: `${name}@example.com`, emailVerified: true, ...dates })),
  account: names.map((name) => ({
    id: `account-${name}`,
    userId: name,
    accountId: name,
    providerId: 'credential',
    password: digests[name],
    ...dates,
  })),
  session: [],
  verification: [],
};
