/** MediaWiki digests of several layers: each hashes the text of the one before. */
import {
  b64,
  bcrypt64,
  decimal,
  type Field,
  type Layout,
  layout,
  mark,
  oneOf,
  text,
  word,
} from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

type Layer = 'old' | 'pbkdf2' | 'bcrypt';

/** What wrapOldPasswords.php writes, and chains of a site's own. */
const CHAINS: readonly (readonly Layer[])[] = [
  ['old', 'pbkdf2'],
  ['old', 'bcrypt'],
  ['old', 'pbkdf2', 'pbkdf2'],
  ['old', 'pbkdf2', 'bcrypt'],
  ['pbkdf2', 'pbkdf2'],
  ['pbkdf2', 'bcrypt'],
  ['pbkdf2', 'pbkdf2', 'pbkdf2', 'pbkdf2', 'bcrypt'],
];

const PARAMETERS: Readonly<Record<Layer, (i: number) => Layout>> = {
  old: () => [],
  pbkdf2: (i) =>
    layout`${word(`algorithm${i}`, ['sha512', 'sha256', 'sha384', 'sha1'])}:${decimal(`iterations${i}`, { min: 1 })}:${decimal(`keylen${i}`, { min: 1 })}`,
  bcrypt: (i) => layout`${decimal(`cost${i}`, { min: 4, max: 31 })}`,
};
const SALTS: Readonly<Record<Layer, (i: number) => Field>> = {
  // Empty: type A, which is MD5 of the password alone.
  old: (i) => text(`salt${i}`, { not: '!', min: 0 }),
  pbkdf2: (i) => b64(`salt${i}`),
  bcrypt: (i) => bcrypt64(`salt${i}`, 16),
};

function chainLayout(chain: readonly Layer[]): Layout {
  const parameters = chain.flatMap((layer, i): Layout => [...PARAMETERS[layer](i), '!']);
  const salts = chain.flatMap((layer, i): Layout => [SALTS[layer](i), '!']);
  const hash = chain.at(-1) === 'bcrypt' ? bcrypt64('hash', 23) : b64('hash');
  return layout`${mark('chain', chain.join('_'))}:${text('name', { not: ':', min: 1 })}:${parameters}${salts}${hash}`;
}

/** The last layer gives bytes, each other one its text. */
function chainRecipe(chain: readonly Layer[]): string {
  return chain.reduce((password, layer, i) => {
    if (layer === 'old') return `mediawiki_old(${password}, $salt${i})`;
    if (layer === 'bcrypt') return `bcrypt(${password}, $salt${i}, $cost${i}, '2y')`;
    const args = `$algorithm${i}, ${password}, $salt${i}, $iterations${i}, $keylen${i}`;
    return i === chain.length - 1 ? `pbkdf2(${args})` : `b64(pbkdf2_raw(${args}))`;
  }, '$p');
}

export const mediawikiLayered: Format = defineFormat({
  name: 'mediawiki_layered',
  family: 'php',
  users: 3,
  layout: oneOf(...CHAINS.map(chainLayout)),
  recipe: { by: 'chain', of: Object.fromEntries(CHAINS.map((chain) => [chain.join('_'), chainRecipe(chain)])) },
  writers: 'MediaWiki after wrapOldPasswords.php',
  traps: [
    'all parameters come first, then all salts, then the hash of the last layer',
    'a layer hashes the text of the one before, in hexadecimal or Base64',
    'bcrypt reads 72 bytes of it',
  ],
  sources: ['https://github.com/wikimedia/mediawiki/tree/master/includes/password/LayeredParameterizedPassword.php'],
  example: {
    password: 'testPassword123',
    digest:
      ':testLargeLayeredTop:sha512:1024:512!sha512:1024:512!sha512:1024:512!sha512:1024:512!5!vnRy+2SrSA0fHt3dwhTP5g==!AVnwfZsAQjn+gULv7FSGjA==!xvHUX3WcpkeSn1lvjWcvBg==!It+OC/N9tu+d3ByHhuB0BQ==!Tb.gqUOiD.aWktVwHM.Q/O!7CcyMfXUPky5ptyATJsR2nq3vUqtnBC',
    params: { types: 'pbkdf2,pbkdf2,pbkdf2,pbkdf2,bcrypt' },
  },
});
