/**
 * A name for comparing (specification `usage` §5.4): NFKD, marks removed, lower case, everything but letters, digits
 * and commas a space, one space after a comma and none before, ends trimmed. Repeated commas count as one.
 */
export function normaliseName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{Nd},]+/gu, ' ')
    .replace(/ ?,[ ,]*/g, ', ')
    .replace(/^[ ,]+|[ ,]+$/g, '');
}

/** `name:<partner>:<normalised>`: a scholar known by name only, never joined across partners; null for an empty name. */
export function nameId(partnerId: string, name: string): string | null {
  const normalised = normaliseName(name);
  return normalised === '' ? null : `name:${partnerId}:${normalised}`;
}

/** `name:<normalised>`: an organisation known by name only (`usage` §5.3); null for an empty name. */
export function organisationNameId(name: string): string | null {
  const normalised = normaliseName(name);
  return normalised === '' ? null : `name:${normalised}`;
}
