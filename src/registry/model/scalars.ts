import { continentNames, countries } from './countries.ts';
import { isPartialDate, parseTime } from './dates.ts';
import { mostCharacters, relationTypes, type Scalar } from './fields.ts';
import { isLanguageTag, languageName } from './languages.ts';
import { isRecordId } from './record.ts';

export type Value = string | number | boolean;
export type Judged = { value: Value | null } | { fault: string };

const nothing: Judged = { value: null };
const fault = (message: string): Judged => ({ fault: message });

/** Checks one value of the register and gives it its stored form; `value: null` when there is nothing to store. */
export function judgeScalar(kind: Scalar, given: unknown): Judged {
  if (kind === 'server') return fault('is set by the server only');
  if (kind === 'boolean') {
    return typeof given === 'boolean' ? { value: given } : fault('must be true or false');
  }
  if (typeof given !== 'string' && typeof given !== 'number') return fault('must be a string or a number');
  if (typeof given === 'string') {
    if (given.includes('\u0000')) return fault('contains a null character');
    const most = kind === 'description' ? mostCharacters.description : mostCharacters.scalar;
    if (isLongerThan(given, most)) return fault(`is longer than ${most} characters`);
    const text = given.toWellFormed().trim();
    return text === '' ? nothing : judgeText(kind, text);
  }
  if (!Number.isFinite(given)) return fault('must be a finite number');
  if (kind === 'scalar' || kind === 'description') return { value: given };
  return judgeText(kind, String(given));
}

/** By characters, as JSON Schema counts them, and not by the halves of those beyond the first 65,536. */
function isLongerThan(text: string, most: number): boolean {
  if (text.length <= most) return false;
  return text.length > 2 * most || [...text].length > most;
}

function judgeText(kind: Exclude<Scalar, 'server' | 'boolean'>, text: string): Judged {
  const known = (value: string, holds: boolean, message: string): Judged =>
    holds ? { value } : fault(message);
  switch (kind) {
    case 'url':
      return known(text, isWebAddress(text), 'must be an absolute http or https URL');
    case 'uri':
      return known(text, URL.canParse(text), 'must be an absolute URI');
    case 'record':
      return known(
        text,
        text.startsWith('info:oarr:') && isRecordId(text.slice('info:oarr:'.length)),
        'must be info:oarr: and the id of a record',
      );
    case 'latitude':
      return judgeDegrees(text, 90);
    case 'longitude':
      return judgeDegrees(text, 180);
    case 'partial-date':
      return known(text, isPartialDate(text), 'must be a date: YYYY, YYYY-MM or YYYY-MM-DD');
    case 'timestamp':
      return known(
        text,
        parseTime(text) !== null,
        'must be a time that exists: YYYY-MM-DDTHH:MM:SSZ or YYYY-MM-DD',
      );
    case 'country-code': {
      const code = text.toUpperCase();
      return known(code, countries.has(code), 'is not a country code of ISO 3166-1');
    }
    case 'continent-code': {
      const code = text.toUpperCase();
      return known(
        code,
        continentNames.has(code),
        `must be one of: ${[...continentNames.keys()].join(', ')}`,
      );
    }
    case 'continent': {
      const names = [...continentNames.values()];
      return known(text, names.includes(text), `must be one of: ${names.join(', ')}`);
    }
    case 'language-tag': {
      const tag = text.toLowerCase();
      return known(tag, isLanguageTag(tag), 'is not a language tag that is known');
    }
    case 'language-code': {
      const code = text.toLowerCase();
      return known(
        code,
        languageName(code) !== null,
        'is not a language code of ISO 639-1, or of ISO 639-2/3 where 639-1 has none',
      );
    }
    case 'relation-type':
      return known(
        text,
        relationTypes.some((type) => type === text),
        `must be one of: ${relationTypes.join(', ')}`,
      );
    default:
      return { value: text };
  }
}

function judgeDegrees(text: string, most: number): Judged {
  const degrees = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(degrees)) return fault('must be a number');
  if (Math.abs(degrees) > most) return fault(`must be from -${most} to ${most}`);
  return { value: degrees };
}

/** Whether a text is an absolute http(s) URL. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(text) && !/\s/.test(text) && URL.canParse(text);
}
