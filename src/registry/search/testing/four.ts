import { createReadModel, put, type ReadModel } from '../index.ts';

const name = 'register.metadata.record.name';

/** Paths the tests ask about. */
export const paths = { name, country: 'register.metadata.record.country', rid: 'admin.opendoar.rid' };

/** Four invented repositories: York (a), Lyon (b), Kyoto (c) and one without a place (d). */
export function fourRepositories(): ReadModel {
  const model = createReadModel();
  const repository = (id: string, record: object, more: object, rid: number, last_updated: string) =>
    put(model, {
      id,
      ver: 1,
      created_date: '2014-01-01T00:00:00Z',
      last_updated,
      version_created: last_updated,
      register: { metadata: [{ lang: 'en', default: true, record }], ...more },
      admin: { opendoar: { rid, in_opendoar: rid !== 4 } },
    });
  repository(
    'a',
    {
      name: 'White Rose EPrints',
      country: 'United Kingdom',
      lat: 53.96,
      lon: -1.08,
      established_date: '2004-05',
    },
    {
      operational_status: 'Operational',
      api: [
        { api_type: 'oai-pmh', version: '2.0', authenticated: false },
        { api_type: 'sword', version: '1.3', authenticated: true },
      ],
      organisation: [{ details: { name: 'University of York' } }],
    },
    1,
    '2014-01-20T10:00:00Z',
  );
  repository(
    'b',
    {
      name: 'Dépôt de Lyon: AC/DC',
      country: 'France',
      subject: ['Physics', 'Law'],
      established_date: '2010',
    },
    {
      organisation: [{ details: { name: 'Université de Lyon', lat: 45.76, lon: 4.84 } }],
      api: [{ api_type: 'oai-pmh', version: '1.3' }],
    },
    2,
    '2014-01-23T23:59:59Z',
  );
  repository(
    'c',
    { name: '京都大学 repository', country: 'Japan', lat: 35.01, lon: 135.77 },
    {},
    3,
    '2014-01-24T09:00:00Z',
  );
  repository(
    'd',
    { name: 'White paper store', description: 'rose petals of York' },
    {},
    4,
    '2012-06-01T00:00:00Z',
  );
  return model;
}
