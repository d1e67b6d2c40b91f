/**
 * Keycloak: a realm as JSON, with its users in it or in files of their own, and the table credential as CSV or JSON.
 * https://www.keycloak.org/server/importExport
 *
 * How to get it: `kc.sh export --realm NAME --users realm_file --file realm.json`, or `--dir DIR` (then check the files
 * NAME-users-*.json).
 *
 * What is missing: users or credentials in the console's partial export and the Admin API; passwords of users of
 * identity providers and of federated directories, who count as missing.
 *
 * A user has a list of credentials, one of them of the type "password". Before version 8 a credential had
 * hashedSaltedValue, salt, hashIterations and algorithm next to each other.
 */
import { isRecord, type JsonRecord } from '../../encoding/json.js';
import type { Extracted } from '../row.js';
import { createNoDigestProblem, readFilled } from './choose-fields.js';
import type { Bound, Clue, ExportSource, FieldReader, Sample, SourceOptions, SourceRecord } from './contract.js';
import { locateCredential } from './keycloak-bytes.js';
import { hasField, isFalse, listFields } from './sample-fields.js';
import { disabledAccount, NO_PASSWORD, type Stored, storedCredential, unsupported } from './stored.js';

const ID = ['id', 'username', 'email'];
const TABLE_ID = ['user_id', 'userId', 'id'];
const OF_USERS = ['requiredActions', 'disableableCredentialTypes', 'realmRoles', 'notBefore', 'totp'];
const ADVICE = 'export with: kc.sh export --users realm_file (the console and the API leave credentials out)';
const ABSENT: Stored = { passwordHasher: undefined, passwordDigest: undefined };

export const keycloak: ExportSource = {
  name: 'keycloak',
  title: 'realm JSON, table credential',
  recognize,
  bind(fields, all, options): Bound {
    const isTable = fields.includes('secret_data') || fields.includes('secretData');
    const digestFields = ['credentials', 'secret_data'];
    if (all && !isTable) throw createNoDigestProblem(digestFields, '', ADVICE);
    return {
      source: 'keycloak',
      digestFields,
      advice: ADVICE,
      plain: isTable
        ? undefined
        : {
            id: options.idField === undefined ? ID : [options.idField],
            hasher: [],
            digest: ['credentials'],
            locate: locateCredential,
            // Groups, clients and roles have other names.
            usual: (field, has) => has('username') && !isFalse(field('enabled')),
          },
      extract: (field, record) => (isTable ? ofTable(field, options) : ofRealm(field, record, options)),
    };
  },
};

function recognize(sample: Sample): Clue | undefined {
  if (hasField(sample, 'secret_data', 'credential_data') || hasField(sample, 'secretData', 'credentialData')) {
    return { certainty: 'certain', reason: 'it has the columns of the table credential' };
  }
  const [own] = listFields(sample, OF_USERS);
  if (own !== undefined && hasField(sample, 'username')) {
    return {
      certainty: 'certain',
      reason: `its users have ${hasField(sample, 'credentials') ? 'credentials and ' : ''}${own}`,
    };
  }
  const holds = sample.records.some(({ record }) => isUser(record));
  if (holds) return { certainty: 'certain', reason: 'its users have credentials of the type password' };
  // The users of a realm come after its roles and groups, or are in other files.
  return hasField(sample, 'realm', 'requiredCredentials') || hasField(sample, 'clientRole', 'containerId')
    ? { certainty: 'certain', reason: 'it is a realm' }
    : undefined;
}

/** A user with a credential in one of Keycloak's two forms. */
function isUser(record: JsonRecord | undefined): boolean {
  const { username, credentials } = record ?? {};
  if (typeof username !== 'string' || !Array.isArray(credentials)) return false;
  return credentials.some((one) => isRecord(one) && ('secretData' in one || 'hashedSaltedValue' in one));
}

function ofTable(field: FieldReader, { idField }: SourceOptions): Extracted | undefined {
  const type = field('type') ?? 'password';
  if (type !== 'password') return undefined;
  const secretData = field('secret_data') ?? field('secretData');
  const credentialData = field('credential_data') ?? field('credentialData');
  const found = secretData ? storedCredential(secretData, credentialData) : NO_PASSWORD;
  return { id: readFilled(field, idField === undefined ? TABLE_ID : [idField]) ?? '', ...found };
}

function ofRealm(field: FieldReader, record: SourceRecord | undefined, options: SourceOptions): Extracted | undefined {
  // Groups, clients and roles have other names.
  if (record === undefined || field('username') === undefined) return undefined;
  const id = readFilled(field, options.idField === undefined ? ID : [options.idField]) ?? '';
  if (isFalse(field('enabled'))) return { id, ...disabledAccount('the account is disabled in Keycloak (enabled)') };
  const credentials = record.held('credentials');
  if (!Array.isArray(credentials)) return { id, ...ABSENT };
  const password = credentials.find((one) => isRecord(one) && (one['type'] ?? 'password') === 'password');
  return { id, ...(isRecord(password) ? ofCredential(password) : NO_PASSWORD) };
}

function ofCredential(credential: JsonRecord): Stored {
  const { secretData, credentialData, hashedSaltedValue, salt, hashIterations, algorithm, value } = credential;
  if (secretData !== undefined) return storedCredential(secretData, credentialData);
  if (hashedSaltedValue !== undefined) {
    return storedCredential({ value: hashedSaltedValue, salt }, { hashIterations, algorithm });
  }
  return typeof value === 'string' && value !== ''
    ? unsupported('a new credential of Keycloak', 'it holds the password itself, without any hash')
    : NO_PASSWORD;
}
