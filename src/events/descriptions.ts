import { type Description, rankOf, type WorkFields } from '../works/index.ts';
import type { AppliedItem } from './applied-item.ts';
import type { Metadata } from './deposit-ends.ts';

/** Sources whose deposits are the word of a registration agency. */
const AGENCIES = new Set(['crossref', 'datacite']);

/** What a deposit says of the works at its ends. */
export function descriptionsOf(
  { deposit, agent }: AppliedItem,
  ends: { subject: number; object: number },
): Description[] {
  const rank = rankOf(AGENCIES.has(deposit.source ?? '') ? 'agency' : agent === null ? 'depositor' : 'agent');
  const told: Description[] = [];
  for (const [workId, metadata] of [
    [ends.subject, deposit.subj],
    [ends.object, deposit.obj],
  ] as const) {
    if (metadata === null || workId === 0) continue;
    const fields = fieldsOf(metadata);
    if (Object.keys(fields).length === 0) continue;
    told.push({ workId, fields, rank, at: text(metadata.updated_at) ?? issuedOf(metadata.issued) ?? '' });
  }
  return told;
}

function fieldsOf(metadata: Metadata): WorkFields {
  const fields: WorkFields = {};
  const put = (name: keyof WorkFields, value: unknown): void => {
    if (value !== null && value !== undefined && value !== '') fields[name] = value;
  };
  put('title', text(metadata.title));
  put('author', Array.isArray(metadata.author) && metadata.author.length > 0 ? metadata.author : null);
  put('issued', issuedOf(metadata.issued));
  put('container_title', text(metadata['container-title']));
  put('type', text(metadata.type));
  put('publisher_id', text(metadata.publisher_id));
  put('registration_agency', text(metadata.registration_agency));
  return fields;
}

function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** A date as text; also in the form of CSL, `{"date-parts":[[2016,11,25]]}`. */
function issuedOf(value: unknown): string | null {
  const plain = text(value);
  if (plain !== null) return plain;
  if (typeof value !== 'object' || value === null || !('date-parts' in value)) return null;
  const [parts] = Array.isArray(value['date-parts']) ? value['date-parts'] : [];
  if (!Array.isArray(parts) || parts.length === 0) return null;
  const numbers = parts.slice(0, 3).map(Number);
  if (!numbers.every((number) => Number.isInteger(number) && number > 0)) return null;
  return numbers.map((number, index) => String(number).padStart(index === 0 ? 4 : 2, '0')).join('-');
}
