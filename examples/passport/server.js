import express from 'express';
import passport from 'passport';
import { Strategy as LocalStrategy } from 'passport-local';
import { login } from './login.js';

passport.use(
  new LocalStrategy({ usernameField: 'email' }, async (email, password, done) => {
    try {
      const { status, body } = await login({ email, password });
      if (status === 200) done(null, body);
      else if (status >= 500) done(Object.assign(new Error(body.error), { status, expose: true }));
      else done(null, false, { message: 'wrong email or password' });
    } catch (error) {
      done(error); // the database, for instance: an async function has to catch for Passport
    }
  }),
);

const app = express();
app.use(passport.initialize());

app.post('/login', express.json({ limit: '10kb' }), passport.authenticate('local', { session: false }), (req, res) =>
  res.json(req.user),
);

// 400 for malformed JSON, 413 for a body over the limit; without a stack trace.
app.use((error, _req, res, _next) => {
  if (!error.expose) console.error(error);
  res.status(error.status ?? 500).json({ error: error.expose ? error.message : 'internal error' });
});

const { PORT = '3000', HOST = '127.0.0.1' } = process.env;
app.listen(Number(PORT), HOST);
