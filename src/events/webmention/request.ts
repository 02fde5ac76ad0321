import { canonicalId } from '../../identifiers/index.ts';
import type { Fault } from '../../platform/http/index.ts';

/** A request as it came, in order: source and target as their sender spells them. */
export interface Pair {
  source: string;
  target: string;
}

export type ReadRequest = { ok: true; pair: Pair } | { ok: false; faults: Fault[] };

const MOST_CHARACTERS = 2_048;

/**
 * Reads the fields of a webmention (events §9.1); fields of other names are none of our business. Names every fault but
 * whether the target is one of ours.
 * @param isRefused whether a host is a literal address that is never asked.
 */
export function readRequest(form: string, isRefused: (url: URL) => boolean): ReadRequest {
  const fields = new URLSearchParams(form);
  const faults: Fault[] = [];
  const addressOf = (name: string): string | null => {
    const values = fields.getAll(name);
    const fault = values.length > 1 ? 'is given more than once' : faultOf(values[0] ?? '');
    if (fault !== null) faults.push({ path: name, message: fault });
    return fault === null ? (values[0] ?? null) : null;
  };
  const source = addressOf('source');
  const target = addressOf('target');
  const url = source === null ? null : URL.parse(source);
  if (url !== null && isRefused(url))
    faults.push({ path: 'source', message: 'is at an address that is not allowed' });
  if (source !== null && target !== null && areSame(source, target))
    faults.push({ path: 'source', message: 'must not be the target itself' });
  return source === null || target === null || faults.length > 0
    ? { ok: false, faults }
    : { ok: true, pair: { source, target } };
}

function faultOf(text: string): string | null {
  if (text === '') return 'is required';
  if (text.length > MOST_CHARACTERS) return `must have at most ${MOST_CHARACTERS} characters`;
  // URL.parse would take blanks away and read `http:example.org` as an address.
  const url = /^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) ? URL.parse(text) : null;
  if (url === null) return 'must be an absolute http or https URL';
  if (url.username !== '' || url.password !== '') return 'must not contain user info';
  return null;
}

/** The same page after dropping fragments, or two spellings of one identifier: no work mentions itself. */
function areSame(source: string, target: string): boolean {
  const page = (text: string) => URL.parse(text)?.href.replace(/#.*$/s, '');
  return page(source) === page(target) || (canonicalId(source) ?? source) === (canonicalId(target) ?? target);
}
