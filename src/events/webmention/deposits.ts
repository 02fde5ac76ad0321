import { uuidV5 } from '../uuid.ts';
import type { Mention } from './reading/index.ts';
import type { Pair } from './request.ts';
import type { Target } from './targets.ts';

/** A deposit as `POST /api/deposits` takes it. */
export type Deposit = Record<string, unknown>;

const EARLIEST = Date.UTC(1900, 0, 1);
const DAY = 86_400_000;

export interface AddedMention {
  pair: Pair;
  target: Target;
  mention: Mention;
  /** When a look at the source first found the link. */
  firstAcceptedAt: Date;
  now: number;
  /** The event was deleted before. */
  restore: boolean;
}

/** The deposits that make the event what the source says now (events §9.2). Author and title are those of the source. */
export function depositsOf({
  pair,
  target,
  mention,
  firstAcceptedAt,
  now,
  restore,
}: AddedMention): Deposit[] {
  const uuid = eventOf(pair);
  const published = mention.published?.getTime() ?? Number.NaN;
  // What a deposit may say; a page that is from next year says nothing.
  const isSayable = published >= EARLIEST && published <= now + DAY;
  const occurred = isSayable ? new Date(published) : firstAcceptedAt;
  const create = {
    uuid,
    source_id: 'webmention',
    subj_id: pair.source,
    obj_id: target.objectId,
    relation_type_id: mention.relation,
    occurred_at: inSeconds(occurred),
    provenance_url: pair.source,
    subj: {
      URL: pair.source,
      ...(mention.title === null ? {} : { title: mention.title }),
      ...(mention.author === null ? {} : { author: [{ literal: mention.author }] }),
      ...(isSayable ? { issued: inSeconds(occurred) } : {}),
    },
    obj: target.object,
  };
  // A tombstone has forgotten what it said, so the words follow the restoring.
  return restore ? [{ uuid, message_action: 'restore' }, create] : [create];
}

export function deletionOf(event: string): Deposit[] {
  return [{ uuid: event, message_action: 'delete' }];
}

/** The event of a pair: made of the pair alone, so that one that is sent again has the same event even where nothing is remembered of it. */
export function eventOf({ source, target }: Pair): string {
  return uuidV5('webmention', source, target);
}

const inSeconds = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;
