import Credentials from '@auth/core/providers/credentials';
import { CredentialsSignin, ExpressAuth } from '@auth/express';
import express from 'express';
import { login } from './login.js';

class Busy extends CredentialsSignin {
  code = 'busy';
}

const credentials = Credentials({
  credentials: { email: { type: 'email' }, password: { type: 'password' } },
  async authorize({ email, password }) {
    const { status, body } = await login({ email, password });
    if (status === 503) throw new Busy();
    if (status === 500) throw new Error(body.error);
    return status === 200 ? { id: String(body.id), email } : null; // null: error=CredentialsSignin
  },
});

const app = express();
app.use('/auth', express.json({ limit: '10kb' }), express.urlencoded({ limit: '10kb', extended: false }));
// `secret` signs the session's cookie. Behind a proxy of your own, `trustHost` takes the host from its headers.
app.use('/auth', ExpressAuth({ providers: [credentials], secret: process.env.AUTH_SECRET, trustHost: true }));

// 400 for malformed JSON, 413 for a body over the limit; without a stack trace.
app.use((error, _req, res, _next) => {
  if (!error.expose) console.error(error);
  res.status(error.status ?? 500).json({ error: error.expose ? error.message : 'internal error' });
});

const { PORT = '3000', HOST = '127.0.0.1' } = process.env;
app.listen(Number(PORT), HOST);
