import { type AlmanacClient, AlmanacError } from 'almanac/client';
import { isObject, type JsonObject } from '../differences/json.ts';
import { ask } from '../server/ask.ts';

export type Decision =
  | { kind: 'accepted'; id: string; record: string }
  | { kind: 'rejected'; id: string }
  | { kind: 'decided before'; id: string }
  | { kind: 'faulty'; id: string; faults: string[]; register: string | null };

/** Does what a reviewer's form says: `intent` is `accept`, `merge` or `reject`. */
export async function decide(api: AlmanacClient, form: FormData): Promise<Decision> {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const id = text('id');
  const edited = text('register');
  const faulty = (...faults: string[]): Decision => ({
    kind: 'faulty',
    id,
    faults,
    register: edited || null,
  });
  try {
    if (text('intent') === 'reject') {
      if (text('reason') === '') return faulty('reason: must not be empty');
      await api.suggestions.reject(id, text('reason'));
      return { kind: 'rejected', id };
    }
    const register = edited === '' || edited === text('original') ? null : parsed(edited);
    if (register !== null && 'fault' in register) return faulty(register.fault);
    const about = text('intent') === 'merge' ? recordIn(text('about')) : null;
    if (text('intent') === 'merge' && about === null)
      return faulty('about: must be the address or id of a record');
    const { id: record } = await api.suggestions.accept(id, {
      ...(register !== null && { register: register.value }),
      ...(about !== null && { about }),
    });
    return { kind: 'accepted', id, record };
  } catch (error) {
    if (!(error instanceof AlmanacError)) throw error;
    if (error.status === 409) return { kind: 'decided before', id };
    if (error.status !== 400 && error.status !== 404) return ask(Promise.reject(error));
    const faults = error.problem.errors.map(({ path, message }) => `${path}: ${message}`);
    return faulty(...(faults.length > 0 ? faults : [error.problem.detail ?? error.problem.title]));
  }
}

function parsed(text: string): { value: JsonObject } | { fault: string } {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { value } : { fault: 'register: must be an object' };
  } catch (error) {
    return { fault: `register: ${error instanceof Error ? error.message : 'is not JSON'}` };
  }
}

/** The id in what a person pastes: the address of a page or record, `info:oarr:…`, or the id itself. */
function recordIn(text: string): string | null {
  return /(?:^|[/:])([0-9a-f]{32})(?:[/?#]|$)/.exec(text)?.[1] ?? null;
}
