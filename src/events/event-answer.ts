import { isoSeconds } from '../platform/http/index.ts';
import { CUMULATIVE, INVERSE } from './event.ts';
import type { FeedRow, VersionRow } from './feed.store.ts';
import { readBody } from './kept-body.ts';
import { relationName } from './relations.ts';

/** One event as the feed shows it (specification `events` §4); a deleted one says little. */
export interface EventAnswer {
  id: string;
  action: 'add' | 'edit' | 'delete';
  version: number;
  changed_at: string;
  source_id: string;
  occurred_at: string;
  evidence: string;
  [more: string]: unknown;
}

export function eventAnswer(row: FeedRow): EventAnswer {
  const isGone = row.state !== 'l';
  const short: EventAnswer = {
    id: row.id,
    action: isGone ? 'delete' : row.version === 1 ? 'add' : 'edit',
    version: row.version,
    changed_at: isoSeconds(row.changed_at.getTime()),
    source_id: row.source,
    occurred_at: isoSeconds(row.occurred_at.getTime()),
    evidence: row.evidence,
  };
  if (isGone) return short;
  const said = readBody(row.body);
  const isInverse = (row.flags & INVERSE) !== 0;
  return {
    ...short,
    subj_id: said.subj_id,
    obj_id: said.obj_id,
    subj_work: isInverse ? row.to_id : row.from_id,
    obj_work: isInverse ? row.from_id : row.to_id,
    relation_type_id: relationName(isInverse ? -row.relation_id : row.relation_id),
    active_relation_type_id: relationName(row.relation_id),
    total: row.total,
    total_type: row.flags & CUMULATIVE ? 'cumulative' : 'increment',
    timestamp: isoSeconds(row.created_at.getTime()),
    account: row.account,
    provenance_url: said.provenance_url ?? null,
    license: said.license ?? null,
    subj: said.subj ?? {},
    obj: said.obj ?? {},
    extra: said.extra ?? {},
  };
}

/** A version that was replaced, or (the last one) stands. */
export function versionAnswer(row: VersionRow) {
  const said = readBody(row.body);
  return {
    version: row.version,
    changed_at: isoSeconds(row.changed_at.getTime()),
    evidence: row.evidence,
    state: row.state === 'l' ? 'live' : 'deleted',
    total: row.total,
    occurred_at: isoSeconds(row.occurred_at.getTime()),
    subj_id: said.subj_id,
    obj_id: said.obj_id,
    subj: said.subj ?? {},
    obj: said.obj ?? {},
    extra: said.extra ?? {},
  };
}
