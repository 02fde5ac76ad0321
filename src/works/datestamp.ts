const DATESTAMP = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * The instant of a record's datestamp (`YYYY-MM-DD` or a time, UTC where it names no zone), the same on every machine.
 * Null when there is none or it cannot be read: the record then counts as one without a datestamp.
 */
export function readDatestamp(text: string | null): Date | null {
  const match = text === null ? null : DATESTAMP.exec(text.trim());
  if (match === null) return null;
  const [, day, minutes = '00:00', seconds = '00', fraction = '', zone = 'Z'] = match;
  const time = Date.parse(
    `${day}T${minutes}:${seconds}${fraction.slice(0, 4)}${zone.replace(/^(.\d{2})(\d{2})$/, '$1:$2')}`,
  );
  // Nothing was harvested before 1900, and PostgreSQL has no year 0.
  return Number.isNaN(time) || time < Date.UTC(1900, 0) ? null : new Date(time);
}
