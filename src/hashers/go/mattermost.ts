import { b64n, decimal, layout, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

export const mattermostPbkdf2: Format = defineFormat({
  name: 'mattermost_pbkdf2',
  family: 'go',
  users: 3,
  layout: layout`$pbkdf2$f=${word('algorithm', { SHA256: 'sha256', SHA512: 'sha512' })},w=${decimal('iterations', { min: 1 })},l=${decimal('length', { min: 1 })}$${b64n('salt')}$${b64n('hash', { usual: 32 })}`,
  recipe: 'pbkdf2($algorithm, $p, $s, $iterations)',
  writers: 'Mattermost 11 and later',
  traps: ['w is the number of iterations'],
  sources: ['https://github.com/mattermost/mattermost/blob/master/server/channels/app/password/hashers/pbkdf2.go'],
  example: {
    password: 'correct horse battery staple',
    digest: '$pbkdf2$f=SHA256,w=10,l=32$afjGGbIOkMcDXAefy8JYJg$4vQdiOvsoL+usJDqEAxxRmHlF7jvfkABsQTjpwcrCqY',
  },
});
