/** Parts of answers, read without believing that they have the form we expect. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Objects of a list; anything else in it is passed over. */
export function objectsOf(value: unknown): JsonObject[] {
  return asList(value)
    .map(asObject)
    .filter((item) => item !== null);
}

/** A text that says something, trimmed; numbers as text; else null. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}

/** The JSON object a body holds; null when it holds none, such as a page of HTML or half an answer. */
export function parseObject(text: string): JsonObject | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

/** `Y`/`N` as Europe PMC writes it; null: it did not say. */
export function flagOf(value: unknown): boolean | null {
  if (value === 'Y' || value === true) return true;
  if (value === 'N' || value === false) return false;
  return null;
}

/** `YYYY-MM-DD`, from such a text, from ms since 1970 (Europe PMC until 2014) or from a year alone; else null. */
export function dateOf(value: unknown): string | null {
  if (typeof value === 'number' && Math.abs(value) < 8.64e15) {
    return value > 3_000 ? new Date(value).toISOString().slice(0, 10) : dateOf(String(value));
  }
  if (typeof value !== 'string') return null;
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(value.trim());
  return match === null ? null : `${match[1]}-${match[2] ?? '01'}-${match[3] ?? '01'}`;
}
