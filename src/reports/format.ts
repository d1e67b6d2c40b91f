/** How the records of an export are written. */

/** `ldif`: entries of RFC 2849. `colons`: a user a line, fields between colons, as passwd(5), shadow(5) and htpasswd have it. */
export type Format = 'csv' | 'ndjson' | 'json' | 'ldif' | 'colons';
