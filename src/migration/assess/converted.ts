/** The note on digests that are not the text in the export but were made of it: by a source, or for the ready rows. */
import type { Finding } from '../../types.js';

/** @param origin what the digest was made of: the title of another system's, or the fields of a platform. */
export function convertedNote(origin: string): Finding {
  return { code: 'NOTE_CONVERTED', severity: 'note', message: `converted from ${origin}` };
}
