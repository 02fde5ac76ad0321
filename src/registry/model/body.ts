import type { Fault } from '../../platform/http/index.ts';
import { isObject, type JsonObject } from './record.ts';

export interface ReadBody {
  register: JsonObject;
  /** JSON pointer of the register in the body. */
  path: string;
  /** Own admin data as sent; undefined when there is none. */
  admin: unknown;
  faults: Fault[];
}

// A record as it was read can be sent back.
const ignored = new Set(['id', 'created_date', 'last_updated', 'version_created', 'ver']);

/**
 * Reads a body in its full form (`{register, admin?}`) or its simple one (the register itself); registry.md §3.
 * Admin data under other names than `own` is left out.
 */
export function readBody(body: unknown, own: string): ReadBody {
  if (!isObject(body)) {
    return { register: {}, path: '', admin: undefined, faults: [{ path: '', message: 'must be an object' }] };
  }
  if (!('register' in body)) {
    const { admin, ...register } = body;
    const faults = admin === undefined ? [] : [{ path: '/register', message: 'is required beside admin' }];
    return { register, path: '', admin: undefined, faults };
  }
  const faults: Fault[] = [];
  for (const name of Object.keys(body)) {
    if (name !== 'register' && name !== 'admin' && !ignored.has(name))
      faults.push({ path: `/${escaped(name)}`, message: 'is not known here' });
  }
  const { register, admin } = body;
  if (!isObject(register)) faults.push({ path: '/register', message: 'must be an object' });
  if (admin !== undefined && !isObject(admin)) faults.push({ path: '/admin', message: 'must be an object' });
  return {
    register: isObject(register) ? register : {},
    path: '/register',
    admin: isObject(admin) && Object.hasOwn(admin, own) ? admin[own] : undefined,
    faults,
  };
}

// RFC 6901 §3.
export const escaped = (token: string) => token.replaceAll('~', '~0').replaceAll('/', '~1');
