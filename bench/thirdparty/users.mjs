/**
 * What a migration script has of each platform: the fields that it takes of a record, and the schema that it checks them by,
 * as Clerk's migration tool does. Nothing looks into a digest.
 */
import { z } from 'zod';

const [, , file = '', shape = '', ...hasherNames] = process.argv;

const schema = z
  .object({
    userId: z.string(),
    email: z.union([z.email(), z.array(z.email())]).optional(),
    phone: z.union([z.string(), z.array(z.string())]).optional(),
    username: z.string().optional(),
    firstName: z.string().optional(),
    lastName: z.string().optional(),
    password: z.string().optional(),
    passwordHasher: z.enum(hasherNames).optional(),
  })
  .refine(({ password, passwordHasher }) => !password || passwordHasher !== undefined)
  .refine(({ email, phone }) => Boolean(email) || Boolean(phone));

const PICKED = {
  clerk: (row) => ({
    userId: row.id,
    email: row.primary_email_address,
    phone: row.primary_phone_number || undefined,
    username: row.username,
    firstName: row.first_name,
    lastName: row.last_name,
    password: row.password_digest || undefined,
    passwordHasher: row.password_hasher || undefined,
  }),
  columns: (row) => ({
    userId: row.id,
    email: row.email ?? 'user@example.com',
    password: row.password_digest || undefined,
    passwordHasher: row.password_hasher || undefined,
  }),
  supabase: (row) => ({
    userId: row.id,
    email: row.email,
    phone: row.phone || undefined,
    password: row.encrypted_password || undefined,
    passwordHasher: row.encrypted_password ? 'bcrypt' : undefined,
  }),
  wordpress: (row) => ({
    userId: row.ID,
    email: row.user_email,
    username: row.user_login,
    password: row.user_pass || undefined,
    passwordHasher: row.user_pass ? 'phpass' : undefined,
  }),
  devise: (row) => ({
    userId: row.id,
    email: row.email,
    password: row.encrypted_password || undefined,
    passwordHasher: row.encrypted_password ? 'bcrypt' : undefined,
  }),
  auth_user: (row) => ({
    userId: row.id,
    email: row.email,
    username: row.username,
    password: row.password || undefined,
    passwordHasher: row.password ? 'pbkdf2_sha256_django' : undefined,
  }),
  mongodb: (user) => ({
    userId: user._id.$oid,
    email: user.email,
    firstName: user.name,
    password: user.password,
    passwordHasher: user.password === undefined ? undefined : 'bcrypt',
  }),
  auth0: (user) => ({
    userId: user._id.$oid,
    email: user.email,
    password: user.passwordHash,
    passwordHasher: user.passwordHash === undefined ? undefined : 'bcrypt',
  }),
  firebase: (user) => ({
    userId: user.localId,
    email: user.email,
    phone: user.phoneNumber,
    firstName: user.displayName,
    password: user.passwordHash === undefined ? undefined : `${user.passwordHash}$${user.salt}`,
    passwordHasher: user.passwordHash === undefined ? undefined : 'scrypt_firebase',
  }),
  // A script would parse the secret too: this is the least that it does.
  keycloak(user) {
    const credential = user.credentials.find(({ type }) => type === 'password');
    return {
      userId: user.id,
      email: user.email,
      username: user.username,
      firstName: user.firstName,
      lastName: user.lastName,
      password: credential?.secretData,
      passwordHasher: credential === undefined ? undefined : 'pbkdf2_sha512_hex',
    };
  },
  django: ({ pk, fields }) => ({
    userId: String(pk),
    email: fields.email,
    username: fields.username,
    firstName: fields.first_name,
    lastName: fields.last_name,
    password: fields.password || undefined,
    passwordHasher: fields.password ? 'pbkdf2_sha256_django' : undefined,
  }),
};

/** Dumps of the same tables. */
const SAME = { mysqldump: 'wordpress', 'pg-dump': 'devise', 'sqlite-dump': 'auth_user' };

const pick = PICKED[SAME[shape] ?? shape] ?? PICKED.columns;
const counts = { rows: 0, passed: 0 };

/** Counts a record, and whether its user passes. */
export function take(record) {
  counts.rows++;
  if (schema.safeParse(pick(record)).success) counts.passed++;
}

/** Counts a record that could not be read. */
export function takeBroken() {
  counts.rows++;
}

/** Prints what was counted. */
export function finish() {
  process.stdout.write(JSON.stringify(counts));
}

export { file, shape };
