import { isoSeconds, type Static, Type } from '../../platform/http/index.ts';
import type { Webmention } from './webmentions.store.ts';

const Nullable = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

/** `GET /webmention/:id` (events §9.1). */
export const WebmentionStatus = Type.Object({
  id: Type.String(),
  source: Type.String(),
  target: Type.String(),
  status: Type.Union(
    [Type.Literal('queued'), Type.Literal('accepted'), Type.Literal('rejected'), Type.Literal('deleted')],
    { description: '`deleted`: it was accepted, and the source or its link is gone' },
  ),
  reason: Nullable(
    'Why it is not accepted, or what the last look at an accepted one met: `no_link`, `gone`, `unsupported_type`, `unreadable`, ' +
      '`http_<status>`, `timeout`, `dns`, `tls`, `connection`, `too_many_redirects`, `address_not_allowed`, `target_unknown`, ' +
      '`not_counted`, `withheld`',
  ),
  checks: Type.Integer({ description: 'Finished verifications' }),
  relation_type_id: Nullable('What the source says of the target: `references`, `discusses`, `likes`, …'),
  event: Nullable('Id of the event, once there was one'),
  received_at: Type.String({ description: 'When it was last asked for' }),
  checked_at: Nullable('When the source was last looked at'),
});

export type WebmentionStatus = Static<typeof WebmentionStatus>;

export function statusOf(mention: Webmention): WebmentionStatus {
  const { id, source, target, status, reason, checks, relation, event } = mention;
  return {
    id,
    source,
    target,
    status,
    reason,
    checks,
    relation_type_id: relation,
    event,
    received_at: isoSeconds(mention.received_at.getTime()),
    checked_at: mention.checked_at === null ? null : isoSeconds(mention.checked_at.getTime()),
  };
}
