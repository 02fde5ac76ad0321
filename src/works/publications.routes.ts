import type { FastifyRequest } from 'fastify';
import { createPayloadWriter, type Inbox, type Rejection } from '../evidence/index.ts';
import { parsePartnerId } from '../identifiers/index.ts';
import {
  type App,
  badInput,
  type Fault,
  mediaType,
  problem,
  Type,
  uploadOf,
  xmlTypes,
} from '../platform/http/index.ts';
import { readXml, XmlFault } from '../platform/xml/index.ts';
import { isJsonType } from './publications-kind.ts';
import { createPublicationReader, readJsonPublications } from './records/index.ts';

const AcceptedBody = Type.Object({
  evidence: Type.String({ description: 'Id of the evidence: `GET /api/evidence/:id`' }),
  accepted: Type.Integer(),
  rejected: Type.Array(
    Type.Object({
      position: Type.Integer({ description: 'Place in the body, from 1' }),
      reason: Type.String(),
      errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
    }),
  ),
});

/** For the description only: what is wrong with a body is told by its reader, item by item. */
const PublicationsRequest = {
  content: {
    'application/xml': {
      schema: Type.Unknown({ description: 'OAI-PMH `ListRecords` or `GetRecord` response' }),
    },
    'application/json': {
      schema: Type.Unknown({
        examples: [
          {
            publications: [
              { id: 'doi:10.1234/example', title: 'A title', authors: [{ name: 'Family, Given' }] },
            ],
          },
        ],
      }),
    },
  },
};

/** `POST /api/publications`: feeds the catalogue (specification `usage` §5.1). */
export function addPublicationRoutes(app: App, { inbox }: { inbox: Inbox }): void {
  app.post(
    '/api/publications',
    {
      config: { right: 'deposit', upload: [...xmlTypes, 'application/json'] },
      schema: {
        tags: ['Works'],
        summary: 'Deliver publications',
        description:
          'Body: an OAI-PMH `ListRecords`/`GetRecord` response in `oai_dc`, MODS or DIDL (up to 100 MiB), or JSON ' +
          '`{"publications":[{"id","identifiers":[],"title","type","date","publisher","urls":[{"url","kind"}],' +
          '"authors":[{"name","orcid","dai","isni","id"}],"partners":[{"id","name"}],"parent":{…},"datestamp","deleted"}]}` (up to 10 MiB).',
        body: PublicationsRequest,
        querystring: Type.Object({
          partner: Type.Optional(Type.String({ description: 'Id of the partner that the batch is from' })),
          partner_name: Type.Optional(Type.String({ description: 'Name of that partner' })),
        }),
        response: { 202: AcceptedBody },
      },
    },
    async (request, reply) => {
      const account = request.account;
      if (account === null) throw problem(401, 'A key is needed here.');
      const partner = readPartner(request);
      const isJson = isJsonType(mediaType(request));
      const taken = isJson ? await takeJson(request.body, partner) : await takeXml(request, partner);
      const evidence = await inbox.accept({
        account: account.name,
        kind: 'publications',
        contentType: isJson ? 'application/json' : 'application/xml',
        payload: taken.payload,
        restricted: false,
        params: {
          content_type: isJson ? 'application/json' : 'application/xml',
          partner: partner?.id ?? null,
          partner_name: partner?.name ?? null,
        },
        result: { accepted: taken.accepted, rejected: taken.rejected },
      });
      return reply.code(202).send({ evidence, accepted: taken.accepted, rejected: taken.rejected });
    },
  );
}

interface Partner {
  id: string;
  name?: string;
}

function readPartner(request: FastifyRequest): Partner | null {
  const { partner, partner_name: name } = request.query as { partner?: string; partner_name?: string };
  const faults: Fault[] = [];
  const id = partner === undefined ? null : parsePartnerId(partner);
  if (partner !== undefined && id === null)
    faults.push({ path: 'partner', message: 'is not the id of an organisation' });
  if (partner === undefined && name !== undefined)
    faults.push({ path: 'partner_name', message: 'needs partner' });
  if (name?.includes('\u0000')) faults.push({ path: 'partner_name', message: 'contains a null character' });
  if (faults.length > 0) throw badInput(faults);
  if (id === null) return null;
  return name === undefined ? { id } : { id, name };
}

/** Bounds of one delivery: a longer list of bad items is no help any more, only a weight. */
const MOST_JSON_ITEMS = 50_000;
const MOST_REJECTED = 100_000;

async function takeJson(body: unknown, partner: Partner | null) {
  const items = (body as { publications?: unknown } | null)?.publications;
  if (Array.isArray(items) && items.length > MOST_JSON_ITEMS) {
    throw badInput([{ path: 'publications', message: `must not have more than ${MOST_JSON_ITEMS} items` }]);
  }
  const read = readJsonPublications(body, partner === null ? {} : { partner });
  if (!read.ok) throw badInput(read.errors);
  const writer = createPayloadWriter();
  await writer.write(JSON.stringify(body));
  return {
    payload: await writer.seal(),
    accepted: read.records.length,
    rejected: read.rejected as Rejection[],
  };
}

async function takeXml(request: FastifyRequest, partner: Partner | null) {
  const writer = createPayloadWriter();
  const rejected: Rejection[] = [];
  let accepted = 0;
  const reader = createPublicationReader({
    partner,
    onRecord: () => {
      accepted++;
    },
    onReject(rejection) {
      if (rejected.length >= MOST_REJECTED)
        throw problem(400, `More than ${MOST_REJECTED} records of the body are bad.`);
      rejected.push(rejection);
    },
  });
  try {
    const delivery = await readXml(copyTo(writer, uploadOf(request)), reader);
    if (delivery.kind === 'refused') throw problem(400, `The body cannot be read: ${delivery.reason}.`);
    const error = delivery.kind === 'oai' ? delivery.oaiError : null;
    if (error !== null && error.code !== 'noRecordsMatch') {
      throw problem(
        400,
        `The OAI-PMH response is an error: ${error.code}${error.message === '' ? '' : ` (${error.message.slice(0, 500)})`}.`,
      );
    }
  } catch (error) {
    if (error instanceof XmlFault) throw problem(400, `The body cannot be read: ${error.message}.`);
    throw error;
  }
  return { payload: await writer.seal(), accepted, rejected };
}

async function* copyTo(
  writer: { write(chunk: Uint8Array): Promise<void> },
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    await writer.write(chunk);
    yield chunk;
  }
}
