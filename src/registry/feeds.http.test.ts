import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import {
  child,
  childrenOf,
  createXmlReader,
  descendants,
  textOf,
  type XmlElement,
} from '../platform/xml/index.ts';
import { endings, exampleRegister, registryApp } from './testing/registry-app.ts';

const ends = endings();
const { account, ask, get, clock, url } = await registryApp(ends);
const key = await account('feeder', ['registry']);

/** The root element of a document that is well-formed. */
function parsed(text: string): XmlElement {
  const roots: XmlElement[] = [];
  const reader = createXmlReader({
    isUnit: (_ns, _name, path) => path.length === 0,
    onUnit: (unit) => roots.push(unit),
  });
  reader.write(Buffer.from(text));
  reader.end();
  assert.ok(roots[0]);
  return roots[0];
}

const oai = async (query: string) => {
  const answer = await get(`/oai?${query}`);
  assert.equal(answer.status, 200);
  return parsed(answer.text);
};
const errorOf = (root: XmlElement) => child(root, 'error')?.attributes.code;
const identifiersIn = (root: XmlElement) =>
  descendants(root, 'identifier')
    .map(textOf)
    .filter((text) => text.startsWith('oai:'));

const ids: string[] = [];

suite('feeds', () => {
  after(ends.run);

  test('given an empty register, then its feeds are well-formed', async () => {
    for (const path of [
      '/feed.atom',
      '/.well-known/resourcesync',
      '/resourcesync/capabilitylist.xml',
      '/resourcesync/resourcelist.xml',
      '/resourcesync/changelist.xml',
      '/resourcesync/resourcedump.xml',
    ]) {
      const answer = await get(path);
      assert.equal(answer.status, 200, path);
      parsed(answer.text);
    }
    assert.equal(errorOf(await oai('verb=ListRecords&metadataPrefix=oai_dc')), 'noRecordsMatch');
    assert.equal(errorOf(await oai('verb=ListSets')), 'noSetHierarchy');
    assert.equal(
      textOf(descendants(await oai('verb=Identify'), 'earliestDatestamp')[0] as XmlElement),
      '2026-01-01T00:00:00Z',
    );
  });

  test('given faulty requests, then each has its code', async () => {
    const made = await ask('POST', '/record', { key, body: exampleRegister });
    ids.push(String(made.body.id));
    const codes: [string, string][] = [
      ['', 'badVerb'],
      ['verb=Nothing', 'badVerb'],
      ['verb=Identify&verb=Identify', 'badVerb'],
      ['verb=Identify&more=1', 'badArgument'],
      ['verb=ListRecords', 'badArgument'],
      ['verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc', 'badArgument'],
      ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30', 'badArgument'],
      ['verb=ListRecords&metadataPrefix=oai_dc&until=0000-12-31', 'badArgument'],
      ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-01T00:00:00Z', 'badArgument'],
      ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-01', 'badArgument'],
      ['verb=ListRecords&metadataPrefix=mods', 'cannotDisseminateFormat'],
      ['verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:1', 'idDoesNotExist'],
      ['verb=ListRecords&resumptionToken=abc.def', 'badResumptionToken'],
      ['verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x', 'badArgument'],
      ['verb=ListIdentifiers&metadataPrefix=oai_dc&set=country:FR', 'noRecordsMatch'],
    ];
    for (const [query, code] of codes) assert.equal(errorOf(await oai(query)), code, query);
  });

  test('given a walk with tokens, then every record comes once, tombstones without metadata, by GET or POST', async () => {
    for (let made = 0; made < 149; made++) {
      if (made % 40 === 0) clock.time += 1000;
      const answer = await ask('POST', '/record', { key, body: exampleRegister });
      ids.push(String(answer.body.id));
    }
    clock.time += 1000;
    await ask('DELETE', `/record/${ids[0]}`, { key });
    const first = await oai('verb=ListRecords&metadataPrefix=oarr');
    const token = descendants(first, 'resumptionToken')[0];
    assert.deepEqual([token?.attributes.completeListSize, token?.attributes.cursor], ['150', '0']);
    const second = await ask('POST', '/oai', {
      body: new URLSearchParams({ verb: 'ListRecords', resumptionToken: token?.text ?? '' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const rest = parsed(second.text);
    const seen = [...identifiersIn(first), ...identifiersIn(rest)];
    assert.deepEqual(seen.toSorted(), ids.map((id) => `oai:127.0.0.1:${id}`).sort());
    assert.equal(descendants(rest, 'resumptionToken')[0]?.text, '');
    const deleted = await oai(`verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:${ids[0]}`);
    assert.equal(descendants(deleted, 'header')[0]?.attributes.status, 'deleted');
    assert.equal(descendants(deleted, 'metadata').length, 0);
    const text = token?.text ?? '';
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const neighbour = letters[letters.indexOf(text.slice(-1)) ^ 1] ?? '';
    for (const changed of [text.replace(/^./, 'f'), text.slice(0, -1) + neighbour, `${text}!`, `${text}.`])
      assert.equal(errorOf(await oai(`verb=ListRecords&resumptionToken=${changed}`)), 'badResumptionToken');
    clock.time += 25 * 3_600_000;
    assert.equal(errorOf(await oai(`verb=ListRecords&resumptionToken=${token?.text}`)), 'badResumptionToken');
  });

  test('given a record, then Dublin Core says what it is, and sets hold it', async () => {
    const record = await oai(`verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:${ids[1]}`);
    const dc = (name: string) => descendants(record, name, 'http://purl.org/dc/elements/1.1/').map(textOf);
    assert.deepEqual(
      [dc('title'), dc('type'), dc('coverage')],
      [['Example Repository'], ['Repository'], ['United Kingdom']],
    );
    assert.deepEqual(dc('identifier'), ['http://example.org/', `info:oarr:${ids[1]}`]);
    const sets = descendants(await oai('verb=ListSets'), 'setSpec').map(textOf);
    assert.deepEqual(sets, ['country:GB']);
    const inSet = await oai('verb=ListIdentifiers&metadataPrefix=oai_dc&set=country:GB');
    assert.equal(descendants(inSet, 'resumptionToken')[0]?.attributes.completeListSize, '149');
    assert.equal(
      childrenOf(
        child(await oai('verb=ListMetadataFormats'), 'ListMetadataFormats') as XmlElement,
        'metadataFormat',
      ).length,
      2,
    );
  });

  test('given changes, then Atom and ResourceSync tell them', async () => {
    const feed = parsed((await get('/feed.atom?size=2')).text);
    assert.equal(childrenOf(feed, 'deleted-entry')[0]?.attributes.ref, `info:oarr:${ids[0]}`);
    const next =
      childrenOf(feed, 'link').find(({ attributes }) => attributes.rel === 'next')?.attributes.href ?? '';
    assert.ok(next.startsWith(url));
    assert.equal(childrenOf(parsed((await get(next.slice(url.length))).text), 'entry').length, 2);
    const changes = parsed((await get('/resourcesync/changelist.xml')).text);
    const kinds = descendants(changes, 'md').map(({ attributes }) => attributes.change);
    assert.equal(kinds.at(-1), 'deleted');
    assert.equal(kinds.filter((kind) => kind === 'created').length, 149);
    assert.equal(descendants(parsed((await get('/resourcesync/resourcelist.xml')).text), 'url').length, 149);
  });

  test('given a record, then JSON-LD, signposts and a badge are there, and the catalogue names the APIs', async () => {
    const record = await get(`/record/${ids[1]}`);
    assert.match(record.headers.get('link') ?? '', /rel="cite-as".*rel="type".*rel="describedby"/);
    for (const linked of [
      await get(`/record/${ids[1]}`, { accept: 'application/ld+json' }),
      await get(`/record/${ids[1]}`, { accept: 'application/json;q=0.4, Application/LD+JSON;q=0.9' }),
      await get(`/record/${ids[1]}.jsonld`),
    ]) {
      assert.equal(linked.body['@type'], 'DataCatalog');
      assert.match(linked.headers.get('content-type') ?? '', /^application\/ld\+json/);
    }
    const rather = await get(`/record/${ids[1]}`, { accept: 'application/ld+json;q=0.5, application/json' });
    assert.equal(rather.body.id, ids[1]);
    const svg = await get(`/repositories/${ids[1]}/badge.svg`);
    assert.match(parsed(svg.text).attributes['aria-label'] ?? '', /Operational/);
    const catalog = await get('/.well-known/api-catalog');
    for (const path of ['/oai', '/query', '/change', '/dump', '/openapi.json'])
      assert.ok(catalog.text.includes(`"${url}${path}"`));
  });

  test('given text that XML does not allow, then documents stay well-formed', async () => {
    const name = 'a\u0001b\uFFFEc <&"> d';
    const made = await ask('POST', '/record', { key, body: { metadata: [{ record: { name } }] } });
    const record = await oai(`verb=GetRecord&metadataPrefix=oarr&identifier=oai:127.0.0.1:${made.body.id}`);
    assert.equal(descendants(record, 'name').map(textOf)[0], 'abc <&"> d');
    parsed((await get('/feed.atom')).text);
  });
});
