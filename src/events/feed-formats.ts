import type { Readable } from 'node:stream';
import { identifierType, identifierUrl, identifierValue } from '../identifiers/index.ts';
import { writeCsv } from '../platform/table/index.ts';
import type { EventAnswer } from './event-answer.ts';
import { findRelation } from './relations.ts';

export type Format = 'json' | 'ndjson' | 'scholix' | 'csv';

export const MEDIA_TYPES: Record<Format, string> = {
  json: 'application/json; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  scholix: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
};

const COLUMNS = [
  ...[
    'id',
    'action',
    'version',
    'changed_at',
    'subj_id',
    'obj_id',
    'subj_work',
    'obj_work',
    'relation_type_id',
  ],
  ...[
    'active_relation_type_id',
    'source_id',
    'total',
    'total_type',
    'occurred_at',
    'timestamp',
    'account',
    'evidence',
  ],
  ...['provenance_url', 'license'],
];

export function asNdjson(events: readonly EventAnswer[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

export function asCsv(events: readonly EventAnswer[]): Readable {
  return writeCsv(
    COLUMNS,
    events.map((event) => COLUMNS.map((column) => cellOf(event[column]))),
  );
}

function cellOf(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'number' ? value : String(value);
}

/** Link packages in the terms of Scholix 3; a link that was deleted is none. */
export function asScholix(events: readonly EventAnswer[]): object[] {
  return events.filter(({ action }) => action !== 'delete').map(linkOf);
}

function linkOf(event: EventAnswer): object {
  const relation = findRelation(String(event.relation_type_id));
  const camel = (name: string): string =>
    name
      .split('_')
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
      .join('');
  return {
    LinkPublicationDate: event.timestamp,
    LinkProvider: [{ Name: event.source_id }],
    RelationshipType: {
      Name: 'IsRelatedTo',
      SubType: camel(relation?.name ?? ''),
      SubTypeSchema: 'DataCite',
    },
    LicenseURL: event.license,
    Source: objectOf(event.subj_work, event.subj),
    Target: objectOf(event.obj_work, event.obj),
  };
}

function objectOf(work: unknown, metadata: unknown): object {
  const id = String(work ?? '');
  const said = (typeof metadata === 'object' && metadata !== null ? metadata : {}) as Record<string, unknown>;
  const authors = Array.isArray(said.author) ? said.author : [];
  return {
    Identifier: [{ ID: identifierValue(id), IDScheme: identifierType(id), IDURL: identifierUrl(id) }],
    Type: { Name: typeof said.type === 'string' && /dataset/i.test(said.type) ? 'dataset' : 'literature' },
    ...(typeof said.title === 'string' ? { Title: said.title } : {}),
    ...(authors.length > 0 ? { Creator: authors.map((author) => ({ Name: nameOf(author) })) } : {}),
    ...(typeof said.issued === 'string' ? { PublicationDate: said.issued } : {}),
  };
}

function nameOf(author: unknown): string {
  if (typeof author === 'string') return author;
  if (typeof author !== 'object' || author === null) return '';
  const { literal, name, family, given } = author as Record<string, unknown>;
  return String(literal ?? name ?? [family, given].filter((part) => part !== undefined).join(', '));
}
