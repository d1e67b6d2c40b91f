/** The table of shapes. */
import { authjs, genericCsv, mongodb, workbook } from './apps.js';
import type { Shape } from './contract.js';
import { argon2, clerk, newlines, semicolon, supabase, wordpress } from './csv.js';
import { auth0, auth0Import, django, firebase, keycloak, meteor } from './json.js';
import { htpasswd, ldif, shadow } from './lines.js';
import { csv, ndjson } from './mixed.js';
import { mysqldump, pgDump, sqliteDump } from './sql.js';
import { betterAuth, devise, djangoCsv, firebaseCsv, keycloakTable, symfony, werkzeug } from './tables.js';

const SHAPES = {
  ...{ csv, ndjson, clerk, supabase, wordpress, semicolon, argon2, newlines },
  ...{ auth0, firebase, keycloak, django, ldif, meteor, htpasswd, shadow, devise, symfony, werkzeug },
  ...{ mysqldump, authjs, mongodb, xlsx: workbook, generic: genericCsv },
  'pg-dump': pgDump,
  'sqlite-dump': sqliteDump,
  'auth0-import': auth0Import,
  'better-auth': betterAuth,
  'django-csv': djangoCsv,
  'firebase-csv': { ...firebaseCsv, firebaseConfig: firebase.firebaseConfig as string },
  'keycloak-table': keycloakTable,
} as const;

export type ShapeName = keyof typeof SHAPES;

export const shapes: Readonly<Record<ShapeName, Shape>> = SHAPES;
export const shapeNames: readonly ShapeName[] = Object.keys(SHAPES) as ShapeName[];
