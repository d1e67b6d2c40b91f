/** Parts of layouts that formats of several families have. */
import { b64n, bcrypt64, decimal, type Layout, layout, optional, word } from '../../layout/index.js';

/** A bcrypt digest; its recipe is `bcrypt(…)`, which takes `$salt`, `$cost` and `$variant`. */
export const bcryptBody: Layout = layout`$${word('variant', ['2b', '2a', '2y', '2x'])}$${decimal('cost', { digits: 2, min: 4, max: 31 })}$${bcrypt64('salt', 16)}${bcrypt64('hash', 23)}`;

/** What comes after the name of the type in Argon2's PHC notation. */
export const argon2Fields: Layout = layout`$${optional`v=${decimal('version', { min: 16, max: 19, default: 16 })}$`}m=${decimal('m', { min: 8 })},t=${decimal('t', { min: 1 })},p=${decimal('lanes', { min: 1 })}$${b64n('salt', { min: 8 })}$${b64n('hash', { usual: 32 })}`;

/** An Argon2 digest in PHC notation; its recipe is one of `argon2Recipes`. */
export const argon2Body: Layout = layout`$${word('type', ['argon2id', 'argon2i'])}${argon2Fields}`;

/** @param password an expression in the notation of recipes. */
export function argon2Recipes(password: string): { by: string; of: Record<string, string> } {
  return {
    by: 'type',
    of: {
      argon2id: `argon2id(${password}, $s, $m, $t, $lanes)`,
      argon2i: `argon2i(${password}, $s, $m, $t, $lanes)`,
    },
  };
}
