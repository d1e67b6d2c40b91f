/** What gost_yescrypt makes of yescrypt's hash: HMAC of Streebog-256, so that no other function decides its strength. */
import { latin1 } from '../../encoding/bytes.js';
import { encodeCrypt64 } from '../../encoding/crypt64.js';
import { encodeYescryptSettings, type YescryptSettings } from '../../encoding/yescrypt-settings.js';
import type { HashFunctions } from '../../jobs.js';

/** @param hash of yescrypt for this password, salt and settings. */
export function wrapInGost(
  hash: Uint8Array,
  password: Uint8Array,
  salt: Uint8Array,
  settings: YescryptSettings,
  { hash: digest, hmac }: HashFunctions,
): Uint8Array {
  const setting = latin1(`$gy$${encodeYescryptSettings(settings)}$${encodeCrypt64(salt)}`);
  const key = digest('streebog256', password);
  const inner = hmac('streebog256', key, setting);
  const wrapped = hmac('streebog256', inner, hash);
  key.fill(0);
  inner.fill(0);
  return wrapped;
}
