import type { Json } from '../../client/index.ts';
import { isObject } from './url-keys.ts';

/** Fields the server fills in when they are absent. */
const filled = new Set([
  'country',
  'continent',
  'continent_code',
  'language',
  'lang',
  'default',
  'id',
  'created_date',
  'last_modified',
]);

/** Whether a stored value is what was sent, apart from what the server filled in. */
export function isAsSent(stored: Json | undefined, sent: Json | undefined): boolean {
  if (Array.isArray(stored) || Array.isArray(sent)) {
    if (!Array.isArray(stored) || !Array.isArray(sent) || stored.length !== sent.length) return false;
    return stored.every((one, place) => isAsSent(one, sent[place]));
  }
  if (!isObject(stored) || !isObject(sent)) return stored === sent;
  const names = new Set([...Object.keys(stored), ...Object.keys(sent)]);
  return [...names].every((name) =>
    Object.hasOwn(sent, name) ? isAsSent(stored[name], sent[name]) : filled.has(name),
  );
}
