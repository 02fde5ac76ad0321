import type { JsonObject } from '../../client/index.ts';
import { repairUrl } from './repair-url.ts';

/** A repository as a source describes it, in the form of our register. */
export interface MappedRepository {
  /** The source's own number. */
  id: number;
  register: JsonObject;
  /** What goes into `admin.<source>` beside `last_saved`. */
  admin: JsonObject;
  /** `date` null: the source has none that exists. */
  statistics: { type: string; value: number; date: string | null }[];
}

/** What cannot be taken, for the report. */
export interface RejectedRepository {
  id: number | string;
  reason: string;
}

/** Codes the server knows, asked of its vocabularies, so that an unknown one costs a field and not a repository. */
export interface Codes {
  countries: ReadonlySet<string>;
  languages: ReadonlySet<string>;
  /** Terms of policies by the first 12 hexadecimal digits of their SHA-256. */
  policyTerms: ReadonlyMap<string, string>;
}

/** Collects what a field held that could not be stored as it was. */
export function createFindings(codes: Codes) {
  const invalid: JsonObject[] = [];
  const note = (field: string, value: string): void => {
    invalid.push({ field, value });
  };
  return {
    invalid,
    url(field: string, value: string | null): string | null {
      if (value === null) return null;
      const repaired = repairUrl(value);
      if (repaired !== value) note(field, value);
      return repaired;
    },
    country(field: string, value: string | null): string | null {
      if (value === null) return null;
      const code = value.toUpperCase();
      if (codes.countries.has(code)) return code;
      note(field, value);
      return null;
    },
    languages(field: string, values: (string | null)[]): string[] {
      const known = values.flatMap((value) => {
        if (value === null) return [];
        const code = value.toLowerCase();
        if (codes.languages.has(code) || /^[a-z]{3}$/.test(code)) return [code];
        note(field, value);
        return [];
      });
      return [...new Set(known)];
    },
    place(latitude: string | null, longitude: string | null): JsonObject {
      if (latitude === null || longitude === null) return {};
      const [lat, lon] = [Number(latitude), Number(longitude)];
      if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) return { lat, lon };
      note('latitude, longitude', `${latitude}, ${longitude}`);
      return {};
    },
    established(field: string, value: string | null): string | null {
      if (value === null) return null;
      if (/^\d{4}$/.test(value)) return value;
      note(field, value);
      return null;
    },
  };
}

export type Findings = ReturnType<typeof createFindings>;

/** An object without what is null, empty or has nothing in it. */
export function compact(fields: Record<string, JsonObject[string] | null | undefined>): JsonObject {
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === undefined || value === '') continue;
    if (
      Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.keys(value).length === 0
    )
      continue;
    kept[name] = value;
  }
  return kept;
}

/** Lists in the order of first appearance, each member once. */
export const united = (...lists: string[][]): string[] => [...new Set(lists.flat())];
