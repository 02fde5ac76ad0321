import { createHash } from 'node:crypto';
import { oneAtATime, type Sql } from '../../platform/database/index.ts';
import { type Account, type Fault, isoSeconds } from '../../platform/http/index.ts';
import type { Catalogue } from '../catalogue.ts';
import { readBody } from '../model/body.ts';
import { checkRegister } from '../model/check-register.ts';
import { isObject, isRecordId, type JsonObject } from '../model/record.ts';
import type { Write } from '../records/decide.ts';
import { loadRecords, recordExists } from '../records/records.store.ts';
import type { Written } from '../records/write-lane.ts';
import { urlKeysOf } from '../url-keys.ts';
import { decisionMail, type SendMail } from './decision-mail.ts';
import { type Difference, differences } from './differences.ts';
import type { GivenSuggestion } from './read-suggestion.ts';
import {
  decideSuggestion,
  findSuggestion,
  insertSuggestion,
  listSuggestions,
  type Suggestion,
} from './suggestions.store.ts';

export interface SuggestionParts {
  sql: Sql;
  now(): number;
  newId(): string;
  catalogue: Catalogue;
  write(write: Write): Promise<Written>;
  sendMail: SendMail;
}

export type Decided =
  | { kind: 'accepted'; recordId: string }
  | { kind: 'rejected' }
  | { kind: 'unknown' }
  | { kind: 'unknown record' }
  | { kind: 'decided before'; status: string }
  | { kind: 'faulty'; faults: Fault[] };

/** Suggestions wait here; nothing of them is in the register before somebody with the registry right accepts them. */
export function createSuggestions({ sql, now, newId, catalogue, write, sendMail }: SuggestionParts) {
  // One decision at a time: each holds a connection while the write lane needs another.
  const inTurn = oneAtATime();

  async function differencesOf({
    about,
    duplicate_of: duplicates,
    register,
  }: Suggestion): Promise<Difference[]> {
    const other = about ?? duplicates[0];
    const record = other === undefined ? undefined : (await loadRecords(sql, [other])).get(other)?.record;
    return record ? differences(record.register, register) : [];
  }

  /** The one transaction around a decision; `decide` says what becomes of a suggestion that waits. */
  function decision(
    id: string,
    decide: (suggestion: Suggestion) => Promise<Decided>,
    account: Account,
    baseUrl: string,
    reason: string | null,
  ) {
    return inTurn(() =>
      sql.begin(async (tx): Promise<Decided> => {
        const suggestion = await findSuggestion(tx, id, true);
        if (suggestion === null) return { kind: 'unknown' };
        if (suggestion.status !== 'pending') return { kind: 'decided before', status: suggestion.status };
        const decided = await decide(suggestion);
        if (decided.kind !== 'accepted' && decided.kind !== 'rejected') return decided;
        await decideSuggestion(tx, id, {
          status: decided.kind,
          recordId: decided.kind === 'accepted' ? decided.recordId : null,
          reason,
          by: account.name,
          at: new Date(now()),
        });
        const mail = decisionMail(suggestion, decided, reason, baseUrl);
        if (mail !== null) await sendMail(tx, mail);
        return decided;
      }),
    );
  }

  return {
    /** `null`: the record it is about does not exist. */
    async add(given: GivenSuggestion): Promise<{ suggestion: Suggestion; isNew: boolean } | null> {
      if (given.about !== null && !(await recordExists(sql, given.about))) return null;
      const [key = null] = urlKeysOf(given.register);
      const at = key === null ? [] : catalogue.recordsAt(key);
      return insertSuggestion(sql, {
        ...given,
        id: newId(),
        submitted: new Date(now()),
        key,
        duplicateOf: at.filter((id) => id !== given.about),
      });
    },

    find: (id: string) => (isRecordId(id) ? findSuggestion(sql, id) : Promise.resolve(null)),

    async list(status: string | null, from: number, size: number) {
      const { total, suggestions } = await listSuggestions(sql, status, from, size);
      const listed: { suggestion: Suggestion; differences: Difference[] }[] = [];
      for (const suggestion of suggestions)
        listed.push({ suggestion, differences: await differencesOf(suggestion) });
      return { total, listed };
    },

    /** Makes the suggestion, or an edited form of it, a record, or part of the one it is `about`. */
    accept(id: string, account: Account, body: unknown, baseUrl: string): Promise<Decided> {
      const edited = readAcceptance(body);
      if ('faults' in edited) return Promise.resolve({ kind: 'faulty', faults: edited.faults });
      return decision(
        id,
        async (suggestion) => {
          const about = edited.about ?? suggestion.about;
          const register = edited.register ?? suggestion.register;
          const admin = { suggestion: id, accepted_by: account.name, date: isoSeconds(now()) };
          const common = { account: account.name, own: 'suggest', admin, register };
          if (about === null) {
            // The same id when a crash came between record and decision: the second attempt finds the first.
            const recordId = createHash('sha256').update(`suggestion ${id}`).digest('hex').slice(0, 32);
            if (!(await recordExists(sql, recordId)))
              await write({ kind: 'create', id: recordId, ...common });
            return { kind: 'accepted', recordId };
          }
          const written = await write({
            kind: 'merge',
            id: about,
            emptied: [],
            path: '/register',
            ...common,
          });
          if (written.kind === 'unknown') return { kind: 'unknown record' };
          if (written.kind === 'faulty') return { kind: 'faulty', faults: written.faults };
          return { kind: 'accepted', recordId: about };
        },
        account,
        baseUrl,
        null,
      );
    },

    reject: (id: string, account: Account, reason: string, baseUrl: string): Promise<Decided> =>
      decision(id, () => Promise.resolve({ kind: 'rejected' }), account, baseUrl, reason),
  };
}

export type Suggestions = ReturnType<typeof createSuggestions>;

function readAcceptance(
  body: unknown,
): { register: JsonObject | null; about: string | null } | { faults: Fault[] } {
  if (body === undefined || body === null) return { register: null, about: null };
  if (!isObject(body)) return { faults: [{ path: '', message: 'must be an object' }] };
  const { about, ...rest } = body;
  const faults: Fault[] = [];
  if (about !== undefined && (typeof about !== 'string' || !isRecordId(about)))
    faults.push({ path: '/about', message: 'must be the id of a record' });
  let register: JsonObject | null = null;
  if (Object.keys(rest).length > 0) {
    const read = readBody(rest, '');
    if (!('register' in rest))
      faults.push({ path: '/register', message: 'is the only other field that is known here' });
    else {
      const checked = checkRegister(read.register, '/register');
      faults.push(...read.faults, ...checked.faults);
      if (faults.length === 0 && Object.keys(checked.register).length === 0)
        faults.push({ path: '/register', message: 'must not be empty' });
      register = checked.register;
    }
  }
  if (faults.length > 0) return { faults };
  return { register, about: typeof about === 'string' ? about : null };
}
