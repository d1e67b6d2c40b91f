/** Names of formats and products as parts of a key: `Drupal 7 $S$` becomes `drupal-7-s`. */
export function toSlug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
