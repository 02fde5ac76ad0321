import { compareIds, identifierType, identifierUrl, identifierValue } from '../identifiers/index.ts';
import { isoSeconds } from '../platform/http/index.ts';
import { rankOf, type ToldFields } from './descriptions.ts';
import type { WorkRow } from './works-read.store.ts';

export interface Figures {
  results: Record<string, number>;
  relations: Record<string, number>;
  usage: Record<string, number> | null;
}

/** One work as `GET /api/works` shows it (specification `events` §3). */
export function workAnswer(
  row: WorkRow,
  identifiers: readonly string[],
  authors: readonly { name: string; ids: string[] }[],
  figures: Figures,
) {
  const told = row.told ?? {};
  const type = row.type === 'Unspecified' ? null : row.type;
  const creators = authors.map(({ name, ids }) => {
    const orcid = ids.find((id) => id.startsWith('orcid:'));
    return { literal: name, ...(orcid === undefined ? {} : { ORCID: orcid.slice('orcid:'.length) }) };
  });
  return {
    id: row.canonical_id,
    identifiers: identifiers.toSorted(compareIds).map((id) => ({
      type: identifierType(id),
      value: identifierValue(id),
      url: identifierUrl(id),
    })),
    title: text(believed(told, 'title', row.title)),
    author: list(believed(told, 'author', creators.length > 0 ? creators : null)),
    issued: text(believed(told, 'issued', row.date)),
    container_title: text(believed(told, 'container_title', row.parent?.title ?? null)),
    type: text(believed(told, 'type', type)) ?? row.type,
    publisher_id: text(believed(told, 'publisher_id', null)),
    registration_agency: text(believed(told, 'registration_agency', null)),
    ...figures,
    created_at: isoSeconds(row.created_at.getTime()),
    updated_at: isoSeconds(row.updated_at.getTime()),
  };
}

/** A registration agency's word goes before a publication record's, and that before anybody else's. */
function believed(told: ToldFields, field: keyof ToldFields, recorded: unknown): unknown {
  const said = told[field];
  if (said === undefined) return recorded;
  return recorded !== null && said.r < rankOf('record') ? recorded : said.v;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const list = (value: unknown): unknown[] | null => (Array.isArray(value) ? value : null);
