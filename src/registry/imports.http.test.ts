import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { createAccounts } from '../accounts/index.ts';
import { createClient } from '../client/index.ts';
import { runOpendoar, runRoar } from '../importers/index.ts';
import { defaultMetadata, entriesOf, type JsonObject, objectOf } from './model/record.ts';
import { endings, registryApp } from './testing/registry-app.ts';

const ends = endings();
const { ask, database, get, url, account } = await registryApp(ends);
const accounts = createAccounts(database);

async function clientOf(name: string) {
  const token = await accounts.importerToken(name, ['registry', 'statistics', 'admin']);
  return createClient({ baseUrl: url, token: String(token) });
}

async function file(name: string, text: string): Promise<string> {
  const path = join(database.dataDir, name);
  await writeFile(path, text);
  return path;
}

async function recordBy(field: string, value: unknown): Promise<JsonObject> {
  const { body } = await ask('POST', '/query', { body: { query: { term: { [field]: value } } } });
  const hits = entriesOf(objectOf(body, 'hits'), 'hits');
  assert.equal(hits.length, 1);
  return objectOf(hits[0], '_source');
}

const xml = (name: string) => `<?xml version="1.0"?>
<!DOCTYPE OpenDOAR SYSTEM "http://nowhere.invalid/api13.dtd">
<OpenDOAR><repositories>
  <repository rID="1"><rName>${name}</rName><rUrl>hhttp://one.example.org/ 2:http://two.example.org</rUrl>
    <oName>Caf&amp;eacute; University</oName><oUrl>www.uni.example.org/x</oUrl><uUrl>.</uUrl>
    <country><cIsoCode>NA</cIsoCode></country><paLatitude>1.5</paLatitude><paLongitude>-2</paLongitude><paPhone>123</paPhone>
    <rDescription>-</rDescription><rRemarks>Remarks</rRemarks><rNumOfItems>0</rNumOfItems><rDateHarvested>0000-00-00</rDateHarvested>
    <languages><language><lIsoCode>EN</lIsoCode></language><language><lIsoCode>qq</lIsoCode></language></languages></repository>
  <repository rID="2"><rName>Bare</rName><rUrl>http://bare.example.org</rUrl></repository>
  <repository><rName>Without a number</rName></repository>
</repositories></OpenDOAR>`;

suite('importers', () => {
  after(ends.run);

  test('given OpenDOAR XML, then values are unescaped, repaired and noted, and again nothing changes', async () => {
    const run = { client: await clientOf('opendoar'), options: {} };
    const files = [await file('one.xml', xml('R&amp;amp;D'))];
    const first = await runOpendoar({ ...run, files });
    assert.deepEqual(first, {
      ok: true,
      value: {
        read: 3,
        created: 2,
        updated: 0,
        unchanged: 0,
        rejected: [{ id: '', reason: 'it has no number (rID)' }],
        statistics: 1,
      },
    });
    const { register, admin } = (await recordBy('admin.opendoar.rid', 1)) as {
      register: JsonObject;
      admin: JsonObject;
    };
    assert.deepEqual(defaultMetadata(register), {
      name: 'R&D',
      url: 'http://one.example.org/',
      description: 'Remarks',
      country_code: 'NA',
      country: 'Namibia',
      continent: 'Africa',
      continent_code: 'AF',
      language_code: ['en'],
      language: ['English'],
    });
    const { id: _, ...organisation } = objectOf(entriesOf(register, 'organisation')[0], 'details');
    assert.deepEqual(organisation, {
      name: 'Café University',
      url: 'http://www.uni.example.org/x',
      country_code: 'NA',
      country: 'Namibia',
      lat: 1.5,
      lon: -2,
    });
    const noted = entriesOf(objectOf(admin, 'opendoar'), 'invalid').map(
      ({ field, value }) => `${field}: ${value}`,
    );
    assert.deepEqual(noted.sort(), [
      'lIsoCode: qq',
      'oUrl: www.uni.example.org/x',
      'rUrl: hhttp://one.example.org/ 2:http://two.example.org',
      'uUrl: .',
    ]);
    const again = await runOpendoar({ ...run, files });
    assert.deepEqual(again.ok && [again.value.unchanged, again.value.statistics], [2, 0]);
    const changed = await runOpendoar({ ...run, files: [await file('two.xml', xml('New name'))] });
    assert.deepEqual(changed.ok && [changed.value.updated, changed.value.unchanged], [1, 1]);
    assert.equal(
      defaultMetadata(objectOf(await recordBy('admin.opendoar.rid', 1), 'register')).name,
      'New name',
    );
  });

  test('given a file that is unusable, then the run fails with one line', async () => {
    const run = { client: await clientOf('opendoar'), options: {} };
    const faults = [
      await file('cut.xml', xml('x').slice(0, 500)),
      await file('text.txt', 'nothing'),
      join(database.dataDir, 'none'),
    ];
    for (const path of faults) {
      const outcome = await runOpendoar({ ...run, files: [path] });
      assert.ok(!outcome.ok);
      assert.equal(outcome.message.slice(0, path.length), path, outcome.message);
    }
  });

  test('given OpenDOAR’s JSON as lines, then languages become entries and what is hidden is not taken', async () => {
    const item = (id: number, visible: string) => ({
      system_metadata: { id, date_modified: '2022-01-02 03:04:05', publicly_visible: visible },
      repository_metadata: {
        name: [
          { name: 'Nom', language: 'fr' },
          { name: 'Name', language: 'en' },
        ],
        type: 'institutional',
        url: `http://r${id}.example.org/`,
        software: { name: 'other', name_other: 'Shelfware' },
        repository_status: 'fully_functional',
        metadata_record_count: 5,
        content_types: ['unpub_reports_and_working_papers'],
        policy_urls: [{ policy_url: 'http://p.example.org', type: 'metadata' }],
      },
      organisation: {
        name: [{ name: 'Org' }],
        country: 'fr',
        identifiers: [{ identifier: 'https://ror.org/1', type: 'ror' }],
      },
    });
    const lines = [item(11, 'yes'), item(12, 'no')].map((one) => JSON.stringify(one)).join('\n');
    const outcome = await runOpendoar({
      client: await clientOf('opendoar'),
      files: [await file('v2.ndjson', lines)],
      options: {},
    });
    assert.deepEqual(outcome.ok && [outcome.value.created, outcome.value.rejected], [
      1,
      [{ id: 12, reason: 'not visible' }],
    ]);
    const register = objectOf(await recordBy('admin.opendoar.rid', 11), 'register');
    const [french, english] = entriesOf(register, 'metadata');
    assert.deepEqual(french, { lang: 'fr', record: { name: 'Nom' } });
    assert.equal(english?.default, true);
    const metadata = defaultMetadata(register);
    assert.deepEqual(
      [metadata.content_type, metadata.policy_url, metadata.country],
      [['Unpublished reports and working papers'], 'http://p.example.org', 'France'],
    );
    assert.deepEqual(register.software, [{ name: 'Shelfware' }]);
    assert.equal(register.operational_status, 'Operational');
  });

  test('given ROAR beside a record at the same address, then the register wins and ROAR adds', async () => {
    const key = await account('curator', ['registry']);
    const body = {
      metadata: [
        { record: { name: 'Ours', url: 'http://www.same.example.org', repository_type: ['Governmental'] } },
      ],
      software: [{ name: 'EPrints' }],
    };
    const made = await ask('POST', '/record', { key, body });
    const csv = [
      'eprintid,lastmod,type,home_page,title,description,software,oai_pmh,recordcount,recordhistory',
      '7,2015-01-01 00:00:00,institutional,https://same.example.org/,Theirs,Described,eprints,http://same.example.org/oai,9,"0,8,9"',
      '7,,,,,,,http://same.example.org/oai2,,',
      '8,2015-01-01 00:00:00,theses,,No home,,,,,',
    ].join('\n');
    const run = { client: await clientOf('roar'), files: [await file('roar.csv', csv)], options: {} };
    const first = await runRoar(run);
    assert.deepEqual(first, {
      ok: true,
      value: {
        read: 2,
        created: 0,
        updated: 1,
        unchanged: 0,
        rejected: [{ id: 8, reason: 'it has no home page' }],
        statistics: 2,
      },
    });
    const { body: record } = await get(`/record/${made.body.id}`);
    const register = objectOf(record, 'register');
    assert.deepEqual(defaultMetadata(register), {
      name: 'Ours',
      url: 'http://www.same.example.org',
      repository_type: ['Governmental', 'Institutional'],
      description: 'Described',
    });
    assert.deepEqual(register.software, [{ name: 'EPrints' }]);
    assert.deepEqual(register.api, [
      { api_type: 'oai-pmh', base_url: 'http://same.example.org/oai' },
      { api_type: 'oai-pmh', base_url: 'http://same.example.org/oai2' },
    ]);
    assert.equal(objectOf(objectOf(record, 'admin'), 'roar').roar_id, 7);
    const again = await runRoar(run);
    assert.deepEqual(again.ok && [again.value.unchanged, again.value.statistics], [1, 0]);
  });

  test('given records whose addresses are written in other ways, then ROAR finds them; and the same page twice is one record', async () => {
    const key = await account('curator', ['registry']);
    for (const url of ['https://WWW.Other.Example.org:443/index.html', 'http://bücher.example.org/x/']) {
      const { status } = await ask('POST', '/record', { key, body: { metadata: [{ record: { url } }] } });
      assert.equal(status, 201);
    }
    const pages = [
      'http://other.example.org',
      'http://xn--bcher-kva.example.org/x',
      'http://new.example.org/',
      'https://new.example.org',
    ];
    const rows = pages.map((page, at) => `${20 + at},2015-01-01 00:00:00,institutional,${page},Theirs`);
    const csv = ['eprintid,lastmod,type,home_page,title', ...rows].join('\n');
    const client = await clientOf('roar');
    // Without what was written last, so that all are found by questions.
    const registry = { ...client.registry, async *changes() {} };
    const files = [await file('pages.csv', csv)];
    const run = { client: { ...client, registry }, files, options: {} };
    const first = await runRoar(run);
    assert.deepEqual(
      first.ok && [first.value.created, first.value.updated, first.value.unchanged],
      [1, 2, 1],
    );
    const again = await runRoar(run);
    assert.deepEqual(
      again.ok && [again.value.created, again.value.updated, again.value.unchanged],
      [0, 0, 4],
    );
  });
});
