/** The table of shapes. */
import type { Shape } from './contract.js';
import { argon2, clerk, newlines, semicolon, supabase, wordpress } from './csv.js';
import { auth0, django, firebase, keycloak } from './json.js';
import { ldif } from './lines.js';
import { csv, ndjson } from './mixed.js';

const SHAPES = {
  ...{ csv, ndjson, clerk, supabase, wordpress, semicolon, argon2, newlines },
  ...{ auth0, firebase, keycloak, django, ldif },
} as const;

export type ShapeName = keyof typeof SHAPES;

export const shapes: Readonly<Record<ShapeName, Shape>> = SHAPES;
export const shapeNames: readonly ShapeName[] = Object.keys(SHAPES) as ShapeName[];
