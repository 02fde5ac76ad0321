import type { Fault } from '../../platform/http/index.ts';
import { countries } from './countries.ts';
import { type Field, type Fields, mostMembers, registerFields } from './fields.ts';
import { languageName } from './languages.ts';
import { isObject, type Json, type JsonObject } from './record.ts';
import { judgeScalar } from './scalars.ts';

export interface CheckedRegister {
  /** Normalised, completed from codes; without what was empty. */
  register: JsonObject;
  /** Root fields that were given and hold nothing: a merge takes them away. */
  emptied: string[];
  faults: Fault[];
}

/** A list of faults longer than this is of no use to anybody. */
const mostFaults = 1_000;

/**
 * Checks a register, or a part of one that is to be merged, by registry.md §1.1. Every fault is named.
 * @param path JSON pointer of the register in the body it came in.
 */
export function checkRegister(given: JsonObject, path: string): CheckedRegister {
  const faults: Fault[] = [];
  const report = (at: string, message: string): void => {
    if (faults.length < mostFaults) faults.push({ path: at, message });
  };
  const register = checkObject(given, registerFields, path, report);
  judgeMetadata(register, given, path, report);
  judgeApis(given, path, report);
  for (const { details } of list(register, 'organisation')) completeCountry(details, false);
  return { register, emptied: Object.keys(given).filter((name) => !(name in register)), faults };
}

type Report = (path: string, message: string) => void;

const step = (path: string, name: string | number): string =>
  `${path}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;

function checkObject(given: JsonObject, fields: Fields, path: string, report: Report): JsonObject {
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(given)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) {
      report(step(path, name), 'is not known here');
      continue;
    }
    const checked = checkField(value, field, step(path, name), report);
    if (checked !== null) kept[name] = checked;
  }
  if ('lat' in fields) checkPair(given, path, report);
  return kept;
}

/** The normalised value; null when it is empty or faulty. */
function checkField(given: Json, field: Field, path: string, report: Report): Json {
  if (given === null) {
    report(path, 'must not be null');
    return null;
  }
  if (field.kind === 'object') {
    if (!isObject(given)) {
      report(path, 'must be an object');
      return null;
    }
    const kept = checkObject(given, field.fields, path, report);
    return Object.keys(kept).length === 0 ? null : kept;
  }
  if (field.kind === 'list') return checkList(given, field.of, path, report);
  const judged = judgeScalar(field.kind, given);
  if ('value' in judged) return judged.value;
  report(path, judged.fault);
  return null;
}

function checkList(given: Json, of: Field, path: string, report: Report): Json {
  if (!Array.isArray(given)) {
    report(path, 'must be a list');
    return null;
  }
  if (given.length > mostMembers) {
    report(path, `has more than ${mostMembers} members`);
    return null;
  }
  const kept: Json[] = [];
  for (const [place, member] of given.entries()) {
    if (of.kind !== 'object' && typeof member === 'number') {
      report(step(path, place), 'must be a string');
      continue;
    }
    const checked = checkField(member, of, step(path, place), report);
    if (checked !== null) kept.push(checked);
  }
  return kept.length === 0 ? null : kept;
}

function checkPair(given: JsonObject, path: string, report: Report): void {
  const has = (name: string) => Object.hasOwn(given, name) && given[name] !== '';
  if (has('lat') !== has('lon')) {
    report(step(path, has('lat') ? 'lon' : 'lat'), `is required beside ${has('lat') ? 'lat' : 'lon'}`);
  }
}

/** Languages are distinct, and one entry is the default. */
function judgeMetadata(register: JsonObject, given: JsonObject, path: string, report: Report): void {
  const entries = list(register, 'metadata');
  const at = step(path, 'metadata');
  for (const { record } of entries) {
    completeCountry(record, true);
    completeLanguages(record);
  }
  const [only] = entries;
  if (entries.length === 1 && only) {
    only.lang ??= 'en';
    only.default = true;
    return;
  }
  // Faulty entries have been reported; what they lack now would be reported twice.
  const whole = given.metadata;
  if (!Array.isArray(whole) || whole.length !== entries.length) return;
  const seen = new Map<Json, number>();
  let defaults = 0;
  for (const [place, entry] of entries.entries()) {
    const { lang } = entry;
    const raw = whole[place];
    if (lang === undefined) {
      if (!isObject(raw) || raw.lang === undefined || raw.lang === '')
        report(step(step(at, place), 'lang'), 'is required where there are several entries');
    } else if (seen.has(lang)) {
      report(step(step(at, place), 'lang'), `is the language of entry ${seen.get(lang)}, too`);
    } else {
      seen.set(lang, place);
    }
    if (entry.default === true && ++defaults > 1)
      report(step(step(at, place), 'default'), 'is true in another entry, too');
  }
  if (entries.length > 1 && defaults === 0) report(at, 'needs one entry with default true');
}

function judgeApis(given: JsonObject, path: string, report: Report): void {
  if (!Array.isArray(given.api)) return;
  for (const [place, api] of given.api.entries()) {
    if (!isObject(api)) continue;
    const type = typeof api.api_type === 'string' ? api.api_type.trim().toLowerCase() : '';
    const belongs = { metadata_formats: 'oai-pmh', accepts: 'sword', accept_packaging: 'sword' };
    for (const [name, needed] of Object.entries(belongs)) {
      if (name in api && type !== needed && !isEmpty(api[name]))
        report(step(step(step(path, 'api'), place), name), `belongs to an api of type ${needed}`);
    }
  }
}

const isEmpty = (value: Json | undefined) => Array.isArray(value) && value.length === 0;

/** Organisations have a country and no continent. */
function completeCountry(record: Json | undefined, hasContinent: boolean): void {
  if (!isObject(record) || typeof record.country_code !== 'string') return;
  const country = countries.get(record.country_code);
  if (!country) return;
  record.country ??= country.name;
  if (!hasContinent) return;
  record.continent ??= country.continent;
  record.continent_code ??= country.continentCode;
}

function completeLanguages(record: Json | undefined): void {
  if (!isObject(record) || record.language !== undefined || !Array.isArray(record.language_code)) return;
  record.language = record.language_code.map((code) => languageName(String(code)) ?? String(code));
}

function list(register: JsonObject, name: string): JsonObject[] {
  const value = register[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}
