import { Type } from '../platform/http/index.ts';

/** Shapes of what is answered about lists; the prose is for the readers of `/docs`. */

export const ProgressShape = Type.Object({
  progress_url: Type.String(),
  pc: Type.Number({ description: 'Finished records in per cent, two decimals; 100 only when complete' }),
  queue: Type.Union([Type.Integer(), Type.String()], {
    description: 'Lists handed in earlier that are not over, while this one waits: 0 to 10, or "11 or more"',
  }),
  results_url: Type.String(),
  status: Type.String({ description: 'submitted, processing, complete or error' }),
  message: Type.Optional(Type.String()),
  webhook_callback: Type.Optional(Type.String()),
  webhook: Type.Optional(
    Type.Object(
      {
        delivered_at: Type.Union([Type.String(), Type.Null()], {
          description: 'When a 2xx came; null: not yet',
        }),
        next_try_at: Type.Union([Type.String(), Type.Null()], {
          description: 'null: not called again, because it was delivered or given up',
        }),
        tries: Type.Array(Type.Object({ at: Type.String(), outcome: Type.String() })),
      },
      { description: 'How calling the webhook went; once the list is over' },
    ),
  ),
  counts: Type.Object({
    rows: Type.Integer({ description: 'Data rows read: records + ignored' }),
    records: Type.Integer(),
    ignored: Type.Integer({ description: 'Rows without any PMCID, PMID, DOI or title' }),
    done: Type.Integer(),
    unavailable: Type.Integer({
      description: 'Finished records for which a source did not answer; it is asked again later',
    }),
  }),
});

/** Written by us as text; the schema is what the documentation shows. */
export const RecordShape = Type.Unsafe<unknown>(
  Type.Object(
    {
      id: Type.String(),
      created_date: Type.String(),
      last_updated: Type.String(),
      upload: Type.Object({ id: Type.String(), pos: Type.Integer() }),
      source: Type.Object({}, { additionalProperties: Type.String() }),
      identifiers: Type.Object({}, { additionalProperties: true }),
      supporting_info: Type.Object({}, { additionalProperties: true }),
      compliance: Type.Object({}, { additionalProperties: true }),
      verdicts: Type.Optional(Type.Object({}, { additionalProperties: true })),
      provenance: Type.Array(Type.Object({}, { additionalProperties: true })),
    },
    { additionalProperties: true },
  ),
);

export const RecordsShape = Type.Object({
  total: Type.Integer(),
  from: Type.Integer(),
  size: Type.Integer(),
  records: Type.Array(RecordShape),
});

export const JobParams = Type.Object({ id: Type.String({ description: 'Id of the list, from its URLs' }) });

/** For the documentation only: bodies are checked by hand, so that every fault is named at once. */
export const jobBody = {
  description: [
    'JSON: `{"articles":[{"doi","pmid","pmcid","title",…}],…}`; or a form (`multipart/form-data`) whose first file is a CSV or XLSX ',
    'table, with the options as plain fields or in one JSON part. Options: `webhook_callback`, `contact_email`, `policies`, `panel`, ',
    '`give_up_after` (seconds), `publisher_pages`. What came in can be had back at `/download_original/:id`.',
  ].join(''),
};
