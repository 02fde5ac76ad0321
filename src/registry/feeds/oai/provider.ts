import type { Sql } from '../../../platform/database/index.ts';
import { isoSeconds } from '../../../platform/http/index.ts';
import { isRecordId } from '../../model/record.ts';
import { type ReadModel, valuesInUse } from '../../search/index.ts';
import { pathsOfTerms } from '../../vocabularies/terms-of.ts';
import {
  countFeed,
  earliestUpdate,
  type FeedFilter,
  type FeedRecord,
  feedPage,
  feedRecord,
  registrySecret,
} from '../feeds.store.ts';
import { xmlElement, xmlHead, xmlText } from '../xml-text.ts';
import { type Asked, type OaiFault, readArguments, readDates } from './arguments.ts';
import { type MetadataFormat, metadataFormats, setsOf, typeSet } from './metadata.ts';
import { type Continuation, readToken, tokenLifeMs, writeToken } from './token.ts';

const pageSize = 100;

export interface OaiParts {
  sql: Sql;
  model: ReadModel;
  now(): number;
  contactEmail: string | null;
}

/** Answers OAI-PMH 2.0 requests about the register (registry.md §6). */
export function createOaiProvider({ sql, model, now, contactEmail }: OaiParts) {
  const startedAt = isoSeconds(now());
  let secret: Promise<Buffer> | null = null;
  const secretOf = () => (secret ??= registrySecret(sql));

  /** The whole document. `baseUrl` is where this server is reached. */
  return async function answer(pairs: Iterable<[string, string]>, baseUrl: string): Promise<string> {
    const host = new URL(baseUrl).hostname;
    const formats = metadataFormats(baseUrl);
    const asked = readArguments(pairs);
    if ('code' in asked) return document(fault(asked), '');
    const attributes = [['verb', asked.verb], ...asked.values].map(
      ([name, value]) => ` ${name}="${xmlText(value ?? '')}"`,
    );
    const content = await contentOf(asked);
    if (typeof content === 'string') return document(content, attributes.join(''));
    return document(fault(content), content.code === 'badArgument' ? '' : attributes.join(''));

    function document(body: string, requestAttributes: string): string {
      return (
        `${xmlHead}<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
        'xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">' +
        `<responseDate>${isoSeconds(now())}</responseDate>` +
        `<request${requestAttributes}>${xmlText(`${baseUrl}/oai`)}</request>${body}</OAI-PMH>\n`
      );
    }

    function contentOf({ verb, values }: Asked): Promise<string | OaiFault> | string | OaiFault {
      switch (verb) {
        case 'Identify':
          return identify();
        case 'ListMetadataFormats':
          return listFormats(values.get('identifier'));
        case 'ListSets':
          return values.has('resumptionToken') ? badToken : listSets();
        case 'GetRecord':
          return getRecord(values.get('identifier') ?? '', values.get('metadataPrefix') ?? '');
        default:
          return list(verb, values);
      }
    }

    async function identify(): Promise<string> {
      const earliest = (await earliestUpdate(sql)) ?? startedAt;
      return (
        '<Identify><repositoryName>Almanac register of repositories</repositoryName>' +
        xmlElement('baseURL', `${baseUrl}/oai`) +
        '<protocolVersion>2.0</protocolVersion>' +
        xmlElement('adminEmail', contactEmail ?? `admin@${host}`) +
        xmlElement('earliestDatestamp', earliest) +
        '<deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity><description>' +
        '<oai-identifier xmlns="http://www.openarchives.org/OAI/2.0/oai-identifier" ' +
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai-identifier ' +
        'http://www.openarchives.org/OAI/2.0/oai-identifier.xsd"><scheme>oai</scheme>' +
        xmlElement('repositoryIdentifier', host) +
        '<delimiter>:</delimiter>' +
        xmlElement('sampleIdentifier', `oai:${host}:${'0'.repeat(32)}`) +
        '</oai-identifier></description></Identify>'
      );
    }

    async function listFormats(identifier: string | undefined): Promise<string | OaiFault> {
      if (identifier !== undefined && (await recordOf(identifier)) === null) return unknownId;
      const listed = formats.map(
        ({ prefix, schema, namespace }) =>
          `<metadataFormat>${xmlElement('metadataPrefix', prefix)}${xmlElement('schema', schema)}${xmlElement('metadataNamespace', namespace)}</metadataFormat>`,
      );
      return `<ListMetadataFormats>${listed.join('')}</ListMetadataFormats>`;
    }

    function listSets(): string | OaiFault {
      const countries = [...valuesInUse(model, pathsOfTerms.country_code ?? '').keys()]
        .sort()
        .map((code) => [`country:${code}`, `Country ${code}`]);
      const types = [...valuesInUse(model, pathsOfTerms.repository_type ?? '').keys()]
        .sort()
        .map((type) => [typeSet(type), `Type ${type}`]);
      const sets = [...countries, ...types].filter(([set]) => set !== null);
      if (sets.length === 0) return { code: 'noSetHierarchy', message: 'There are no sets yet.' };
      const listed = sets.map(
        ([set, name]) => `<set>${xmlElement('setSpec', set)}${xmlElement('setName', name)}</set>`,
      );
      return `<ListSets>${listed.join('')}</ListSets>`;
    }

    async function getRecord(identifier: string, prefix: string): Promise<string | OaiFault> {
      const record = await recordOf(identifier);
      if (record === null) return unknownId;
      const format = formats.find((one) => one.prefix === prefix);
      return format === undefined ? unknownFormat : `<GetRecord>${recordXml(record, format)}</GetRecord>`;
    }

    async function list(
      verb: 'ListIdentifiers' | 'ListRecords',
      values: ReadonlyMap<string, string>,
    ): Promise<string | OaiFault> {
      const token = values.get('resumptionToken');
      const before = token === undefined ? null : readToken(token, await secretOf(), now());
      if (token !== undefined && (before === null || before.verb !== verb)) return badToken;
      const wanted = before ?? (await beginning(verb, values));
      if ('code' in wanted) return wanted;
      const format = formats.find(({ prefix }) => prefix === wanted.prefix);
      const filter = filterOf(wanted);
      if (format === undefined) return unknownFormat;
      if (filter === null) return noMatch;
      const after = before === null ? null : { at: before.at, id: before.id };
      // One more than a page tells whether another follows.
      const found = await feedPage(sql, filter, after, pageSize + 1);
      const page = found.slice(0, pageSize);
      const last = page.at(-1);
      if (last === undefined && before === null) return noMatch;
      const records = page.map((record) =>
        verb === 'ListRecords' ? recordXml(record, format) : header(record),
      );
      const cursor = wanted.cursor;
      let resumption = '';
      if (found.length > pageSize && last !== undefined) {
        const next: Continuation = {
          ...wanted,
          at: last.updated,
          id: last.id,
          cursor: cursor + page.length,
          issued: now(),
        };
        const expires = isoSeconds(now() + tokenLifeMs);
        resumption = `<resumptionToken expirationDate="${expires}" completeListSize="${wanted.total}" cursor="${cursor}">${writeToken(next, await secretOf())}</resumptionToken>`;
      } else if (before !== null) {
        resumption = `<resumptionToken completeListSize="${wanted.total}" cursor="${cursor}"/>`;
      }
      return `<${verb}>${records.join('')}${resumption}</${verb}>`;
    }

    async function beginning(
      verb: string,
      values: ReadonlyMap<string, string>,
    ): Promise<Continuation | OaiFault> {
      const dates = readDates(values);
      if ('code' in dates) return dates;
      const wanted = {
        verb,
        prefix: values.get('metadataPrefix') ?? '',
        set: values.get('set') ?? null,
        ...dates,
      };
      const filter = filterOf(wanted);
      const total = filter === null ? 0 : await countFeed(sql, filter);
      return { ...wanted, at: '', id: '', cursor: 0, total, issued: now() };
    }

    function recordOf(identifier: string): Promise<FeedRecord | null> {
      const prefix = `oai:${host}:`;
      const id = identifier.startsWith(prefix) ? identifier.slice(prefix.length) : '';
      return isRecordId(id) ? feedRecord(sql, id) : Promise.resolve(null);
    }

    function header({ id, updated, deleted, register }: FeedRecord): string {
      const sets = setsOf(register).map((set) => xmlElement('setSpec', set));
      const status = deleted ? ' status="deleted"' : '';
      return `<header${status}>${xmlElement('identifier', `oai:${host}:${id}`)}${xmlElement('datestamp', updated)}${sets.join('')}</header>`;
    }

    function recordXml(record: FeedRecord, format: MetadataFormat): string {
      const metadata = record.deleted ? '' : `<metadata>${format.write(record)}</metadata>`;
      return `<record>${header(record)}${metadata}</record>`;
    }
  };
}

/** Null: no record can be in this set. */
function filterOf({ set, from, until }: Pick<Continuation, 'set' | 'from' | 'until'>): FeedFilter | null {
  if (set === null) return { set, from, until };
  const [kind, value = '', ...more] = set.split(':');
  if ((kind !== 'country' && kind !== 'type') || value === '' || more.length > 0) return null;
  return { set: { kind, value }, from, until };
}

const fault = ({ code, message }: OaiFault) => `<error code="${code}">${xmlText(message)}</error>`;
const unknownId: OaiFault = { code: 'idDoesNotExist', message: 'There is no record with this identifier.' };
const unknownFormat: OaiFault = {
  code: 'cannotDisseminateFormat',
  message: 'This metadata format is not known.',
};
const noMatch: OaiFault = { code: 'noRecordsMatch', message: 'No record fits.' };
const badToken: OaiFault = {
  code: 'badResumptionToken',
  message: 'The token is not known, has been changed or is too old.',
};
