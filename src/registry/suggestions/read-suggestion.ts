import type { Fault } from '../../platform/http/index.ts';
import { escaped } from '../model/body.ts';
import { checkRegister } from '../model/check-register.ts';
import { isObject, isRecordId, type JsonObject } from '../model/record.ts';

export interface GivenSuggestion {
  /** Id of the record it would correct. */
  about: string | null;
  /** Checked and normalised. */
  register: JsonObject;
  contact: JsonObject | null;
  comment: string | null;
  source: string | null;
}

export type ReadSuggestion =
  | { kind: 'read'; suggestion: GivenSuggestion }
  | { kind: 'faulty'; faults: Fault[] }
  /** A robot filled in the field that people do not see. */
  | { kind: 'robot' };

const known = new Set(['url', 'register', 'about', 'contact', 'comment', 'source']);

/** Reads `{url}`, `{register}` or `{about,register}`, each with `contact`, `comment` and `source` (registry.md §9). */
export function readSuggestion(body: unknown): ReadSuggestion {
  if (!isObject(body)) return { kind: 'faulty', faults: [{ path: '', message: 'must be an object' }] };
  const faults: Fault[] = Object.keys(body)
    .filter((name) => !known.has(name))
    .map((name) => ({ path: `/${escaped(name)}`, message: 'is not known here' }));
  const { url, register, about } = body;
  const contact = readContact(body.contact, faults);
  const comment = readText(body, 'comment', 10_000, faults);
  const source = readText(body, 'source', 1_000, faults);
  if (about !== undefined && (typeof about !== 'string' || !isRecordId(about)))
    faults.push({ path: '/about', message: 'must be the id of a record' });
  if (about !== undefined && register === undefined)
    faults.push({ path: '/register', message: 'is required beside about' });
  if ((url === undefined) === (register === undefined))
    faults.push({ path: '/url', message: 'or register is required, and not both' });

  let wanted: JsonObject = {};
  if (register !== undefined && !isObject(register)) {
    faults.push({ path: '/register', message: 'must be an object' });
  } else if (isObject(register)) {
    const checked = checkRegister(register, '/register');
    faults.push(...checked.faults);
    wanted = checked.register;
    if (checked.faults.length === 0 && Object.keys(wanted).length === 0)
      faults.push({ path: '/register', message: 'must not be empty' });
  } else if (url !== undefined) {
    const checked = checkRegister({ metadata: [{ record: { url } }] }, '');
    faults.push(...checked.faults.map(({ message }) => ({ path: '/url', message })));
    wanted = checked.register;
    if (checked.faults.length === 0 && url === '')
      faults.push({ path: '/url', message: 'must not be empty' });
  }
  if (faults.length > 0) return { kind: 'faulty', faults };
  return {
    kind: 'read',
    suggestion: {
      about: typeof about === 'string' ? about : null,
      register: wanted,
      contact,
      comment,
      source,
    },
  };
}

const formFields = new Set([
  'url',
  'name',
  'description',
  'country_code',
  'organisation',
  'software',
  'contact_name',
  'contact_email',
  'comment',
  'source',
  'website',
]);

/** Reads the fields of a form; faults go under the names of its fields. */
export function readForm(text: string): ReadSuggestion {
  const fields = new URLSearchParams(text);
  if ((fields.get('website') ?? '') !== '') return { kind: 'robot' };
  const unknown = [...new Set(fields.keys())].filter((name) => !formFields.has(name));
  const value = (name: string) => fields.get(name)?.trim() ?? '';
  const record: JsonObject = { url: value('url') };
  for (const name of ['name', 'description', 'country_code'])
    if (value(name) !== '') record[name] = value(name);
  const body: JsonObject = {
    register: {
      metadata: [{ record }],
      ...(value('organisation') !== '' && {
        organisation: [{ role: ['host'], details: { name: value('organisation') } }],
      }),
      ...(value('software') !== '' && { software: [{ name: value('software') }] }),
    },
    contact: { name: value('contact_name'), email: value('contact_email') },
    comment: value('comment'),
    source: value('source'),
  };
  const read = readSuggestion(body);
  const faults = unknown.map((name) => ({ path: name, message: 'is not a field of this form' }));
  if (value('url') === '') faults.push({ path: 'url', message: 'is required' });
  if (read.kind === 'faulty') faults.push(...read.faults.map(inForm));
  return faults.length > 0 ? { kind: 'faulty', faults } : read;
}

function inForm({ path, message }: Fault): Fault {
  const name = path.replace(/^\/register\/metadata\/0\/record\//, '').replace(/^\/contact\//, 'contact_');
  return { path: name.replace(/^\//, ''), message };
}

function readContact(given: unknown, faults: Fault[]): JsonObject | null {
  if (given === undefined) return null;
  if (!isObject(given)) {
    faults.push({ path: '/contact', message: 'must be an object' });
    return null;
  }
  const contact: JsonObject = {};
  for (const [name, value] of Object.entries(given)) {
    const path = `/contact/${escaped(name)}`;
    if (name !== 'name' && name !== 'email') faults.push({ path, message: 'is not known here' });
    else if (typeof value !== 'string' || value.length > 1_000 || value.includes('\u0000'))
      faults.push({ path, message: 'must be a string of at most 1000 characters' });
    else if (name === 'email' && value.trim() !== '' && !/^[^\s@]+@[^\s@]+$/.test(value.trim()))
      faults.push({ path, message: 'must be an e-mail address' });
    else if (value.trim() !== '') contact[name] = value.toWellFormed().trim();
  }
  return Object.keys(contact).length === 0 ? null : contact;
}

function readText(body: JsonObject, name: string, most: number, faults: Fault[]): string | null {
  const value = body[name];
  if (value === undefined) return null;
  if (typeof value !== 'string' || value.length > most || value.includes('\u0000')) {
    faults.push({ path: `/${name}`, message: `must be a string of at most ${most} characters` });
    return null;
  }
  const text = value.toWellFormed().trim();
  return text === '' ? null : text;
}
