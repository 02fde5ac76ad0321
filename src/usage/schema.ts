import { Type } from '../platform/http/index.ts';

// Request and answer shapes of the usage routes.

const Day = Type.String({
  format: 'date',
  description: 'UTC day, `YYYY-MM-DD`; whole days, inclusive',
});

export const DeliveryQuery = Type.Object({
  source: Type.Optional(Type.String({ description: 'Name of the source; default: the name of the account' })),
  partner: Type.Optional(
    Type.String({ description: 'Id of the partner that works known only from this usage count for' }),
  ),
  partner_name: Type.Optional(Type.String({ description: 'Name of that partner' })),
});

export const ContextObjectsQuery = Type.Object({
  ...DeliveryQuery.properties,
  country_xpath: Type.Optional(
    Type.String({ description: 'Where this source keeps the country: a path of element names' }),
  ),
});

export const EventsQuery = Type.Object({
  ...DeliveryQuery.properties,
  match: Type.Optional(
    Type.Literal('known', {
      description: 'Lines without `item` are classed by what the catalogue knows of their URL',
    }),
  ),
  replace_days: Type.Optional(
    Type.String({
      description: 'Comma-separated UTC days whose older events of this source go before these are taken',
    }),
  ),
});

export const Rejected = Type.Object({
  position: Type.Integer({ description: 'Place in the body, from 1' }),
  reason: Type.String(),
});

export const AcceptedBody = Type.Object({
  evidence: Type.String({ description: 'Id of the evidence: `GET /api/evidence/:id`' }),
  accepted: Type.Integer(),
  rejected: Type.Array(Rejected),
});

export const StatisticsParams = Type.Object({
  type: Type.Enum(['publication', 'scholar', 'partner', 'country']),
  id: Type.String({
    description: 'Any identifier of the subject in any spelling, URL-encoded; a country as alpha-2 or `ZZ`',
  }),
});

export const StatisticsQuery = Type.Object({
  from: Type.Optional(Day),
  until: Type.Optional(Day),
  granularity: Type.Optional(Type.Enum(['total', 'year', 'month', 'day'], { default: 'total' })),
  by: Type.Optional(Type.Literal('country')),
});

const metrics = {
  total_item_requests: Type.Integer(),
  unique_item_requests: Type.Integer(),
  total_item_investigations: Type.Integer(),
  unique_item_investigations: Type.Integer(),
};

const Subject = Type.Object({
  type: Type.String(),
  id: Type.String({ description: 'Canonical id' }),
  name: Type.Union([Type.String(), Type.Null()]),
});

const DayOrNull = Type.Union([Type.String(), Type.Null()]);

export const StatisticsBody = Type.Object({
  subject: Subject,
  from: DayOrNull,
  until: DayOrNull,
  granularity: Type.String(),
  metrics: Type.Object(metrics),
  series: Type.Array(Type.Object({ period: Type.String(), ...metrics })),
  countries: Type.Array(Type.Object({ country: Type.String(), ...metrics })),
  up_to: Type.Union([Type.String(), Type.Null()], {
    description: 'Time of the newest event processed for anybody',
  }),
});

export const TopParams = Type.Object({
  kind: Type.Enum(['publications', 'scholars', 'partners']),
});

export const TopQuery = Type.Object({
  from: Type.Optional(Day),
  until: Type.Optional(Day),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 10 })),
  scholar: Type.Optional(
    Type.String({ maxLength: 2048, description: 'Publications of this scholar: any id in any spelling' }),
  ),
  partner: Type.Optional(
    Type.String({
      maxLength: 2048,
      description: 'Publications of this partner; not together with `scholar`',
    }),
  ),
});

export const SubjectsQuery = Type.Object({
  q: Type.String({ minLength: 1, maxLength: 500, description: 'Words of the name' }),
  type: Type.Optional(Type.Enum(['scholar', 'partner'])),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 10 })),
});

export const TopBody = Type.Object({
  from: DayOrNull,
  until: DayOrNull,
  items: Type.Array(Type.Object({ subject: Subject, metrics: Type.Object(metrics) })),
});

export const SubjectsBody = Type.Object({
  items: Type.Array(Type.Object({ subject: Subject, metrics: Type.Object(metrics) })),
  more: Type.Boolean({ description: 'Whether there are more than asked for' }),
});

export const StatusBody = Type.Object({
  queued: Type.Integer({ description: 'Items accepted and not yet applied' }),
  dirty: Type.Integer({
    description: 'Work-days (and days of people and organisations) waiting to be recomputed',
  }),
  events: Type.Integer(),
  works: Type.Integer(),
  unknown_works: Type.Integer({ description: 'Works that no live record describes' }),
  scholars: Type.Integer(),
  partners: Type.Integer(),
  salts: Type.Integer(),
  robots_list: Type.Object({ patterns: Type.Integer(), sha256: Type.String() }),
  up_to: Type.Union([Type.String(), Type.Null()]),
});

export const EventParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

export const VerdictBody = Type.Object({
  event: Type.Object({
    id: Type.String(),
    work: Type.String({ description: 'Canonical id' }),
    time: Type.String(),
    kind: Type.String(),
    status: Type.Union([Type.Integer(), Type.Null()]),
    country: Type.String(),
    source: Type.String(),
    user_agent: Type.Union([Type.String(), Type.Null()]),
    counted: Type.Boolean(),
    rule: Type.Union([Type.String(), Type.Null()], {
      description: 'The rule that took it: kind, method, status, class, robot or double_click',
    }),
  }),
});

export const SpikesQuery = Type.Object({
  month: Type.Optional(
    Type.String({ pattern: '^\\d{4}-\\d{2}$', description: 'Default: the last closed month' }),
  ),
});

export const SpikesBody = Type.Object({
  month: Type.String(),
  spikes: Type.Array(
    Type.Object({
      subject: Subject,
      direction: Type.Union([Type.Literal('above'), Type.Literal('below')]),
      total: Type.Integer(),
      mean: Type.Number(),
      note: Type.String(),
    }),
  ),
});
