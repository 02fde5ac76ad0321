import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { parseDai, parseIdentifier, parseOrcid } from '../src/identifiers/index.ts';
import { createContextObjectReader } from '../src/usage/context-objects/index.ts';
import { bundledRobotsList } from '../src/usage/rules/index.ts';
import { createPublicationReader } from '../src/works/records/index.ts';
import { contextObject, contextObjects, countUsage, eventLine, usageDeliveries } from './deliveries.ts';
import { modsResponse } from './mods.ts';
import { partners } from './partners.ts';
import { inventedDai, inventedOrcid } from './people.ts';
import { createSample } from './sample.ts';
import type { DemoEvent } from './usage.ts';

const now = Date.UTC(2026, 5, 17, 14, 30);
const day = Math.floor(now / 86_400_000);
const { publications, usages } = createSample(now);
const lastYear = usages.flatMap((usage) =>
  Array.from({ length: 364 }, (_, back) => usage.eventsOn(day - 1 - back)).flat(),
);

test('given the same time, when the sample is made twice, then every body is the same to the byte', () => {
  const digest = () => {
    const sample = createSample(now);
    const hash = createHash('sha256').update(JSON.stringify(sample.publications.map(({ record }) => record)));
    let bodies = 0;
    for (const { body } of usageDeliveries(sample.usages, now)) {
      hash.update(body);
      if (++bodies === 12) break;
    }
    return hash.digest('hex');
  };
  assert.equal(digest(), digest());
});

test('given another day to load on, when a day of the past is made, then its events are the same', () => {
  const later = createSample(now + 40 * 86_400_000);
  const idsOf = (events: DemoEvent[]) =>
    events.map(({ id, time, publication }) => [id, time, publication.page]);
  for (const [at, usage] of usages.entries()) {
    assert.deepEqual(idsOf(later.usages[at]?.eventsOn(day - 10) ?? []), idsOf(usage.eventsOn(day - 10)));
  }
});

test('given the sample, when it is counted, then it has its sizes, and no event lies in the future or twice', () => {
  assert.equal(usages.length, 10);
  assert.ok(publications.length > 2_900 && publications.length < 3_400, `${publications.length} records`);
  assert.equal(new Set(publications.map(({ record }) => record.id)).size, publications.length);
  const expected = countUsage(usages, now);
  assert.ok(expected > 285_000 && expected < 315_000, `${expected} events`);
  const ids = new Set(lastYear.map(({ id }) => id));
  assert.equal(ids.size, lastYear.length);
  for (const { record } of publications) assert.ok((record.datestamp ?? '') <= new Date(now).toISOString());
});

test('given today is half over, when deliveries are made, then they end at the time given', () => {
  const [first] = usages;
  assert.ok(first);
  let latest = '';
  for (const { body } of usageDeliveries([first], now)) {
    for (const [, time = ''] of body.matchAll(/ timestamp="([^"]+)"/g)) if (time > latest) latest = time;
  }
  assert.ok(latest <= new Date(now).toISOString());
  assert.ok(latest > new Date(now - 86_400_000).toISOString());
});

test('given any serial number, when ids of people are invented, then their check digits are right', () => {
  for (let serial = 1; serial < 3_000; serial++) {
    assert.equal(parseOrcid(inventedOrcid(serial)), inventedOrcid(serial));
    assert.deepEqual(parseDai(inventedDai(serial)), { value: inventedDai(serial), valid: true });
  }
});

test('given the publications, when their identifiers are parsed, then every one has a known form', () => {
  for (const { record, page, file } of publications) {
    for (const text of [record.id, ...(record.identifiers ?? []), page, file]) {
      const parsed = parseIdentifier(text);
      assert.ok(parsed.ok, text);
    }
  }
});

test('given the scholars, when their records are looked at, then some publish at two partners under one ORCID', () => {
  const partnersOf = new Map<string, Set<string>>();
  for (const { record, partner } of publications) {
    for (const { orcid } of record.authors ?? []) {
      if (orcid === undefined) continue;
      partnersOf.set(orcid, (partnersOf.get(orcid) ?? new Set()).add(partner.id));
    }
  }
  const travellers = [...partnersOf.values()].filter((where) => where.size > 1).length;
  assert.ok(travellers > 50, `${travellers} of ${partnersOf.size}`);
});

test('given a year of usage, when it is summed, then few works are much read, and weekends and holidays are quiet', () => {
  const byWork = [...Map.groupBy(lastYear, ({ publication }) => publication.page).values()]
    .map((events) => events.length)
    .sort((a, b) => b - a);
  const topTenth = byWork.slice(0, byWork.length / 10).reduce((sum, count) => sum + count, 0);
  assert.ok(topTenth / lastYear.length > 0.35, `${topTenth / lastYear.length}`);
  assert.ok(byWork.length > 2_000);
  const onDay = (test: (date: Date) => boolean) => lastYear.filter(({ time }) => test(new Date(time))).length;
  const weekday = onDay((date) => date.getUTCDay() % 6 !== 0) / 5;
  const weekend = onDay((date) => date.getUTCDay() % 6 === 0) / 2;
  assert.ok(weekend < weekday * 0.65);
  assert.ok(onDay((date) => date.getUTCMonth() === 7) < onDay((date) => date.getUTCMonth() === 10) * 0.8);
});

test('given a year of usage, when the robots list judges it, then some are crawlers, and people are none', async () => {
  const loaded = await bundledRobotsList();
  assert.ok(loaded.ok);
  const robots = loaded.list;
  const crawled = lastYear.filter(({ reader }) => robots.isRobot(reader.userAgent)).length / lastYear.length;
  assert.ok(crawled > 0.08 && crawled < 0.3, `${crawled}`);
  const agents = new Set(lastYear.map(({ reader }) => reader.userAgent));
  assert.equal([...agents].filter((agent) => !robots.isRobot(agent)).length, 7);
});

test('given a year of usage, when it is searched for double clicks, then there are some, and never before publication', () => {
  const seen = new Map<string, number>();
  let doubles = 0;
  for (const { session, publication, kind, time } of lastYear) {
    const key = `${session} ${publication.page} ${kind}`;
    const before = seen.get(key);
    if (before !== undefined && time - before <= 30_000 && time > before) doubles++;
    seen.set(key, time);
    assert.ok(time > publication.publishedAt - 86_400_000);
  }
  assert.ok(doubles / lastYear.length > 0.015, `${doubles}`);
});

test('given events, when they are written as context objects, then the reader takes every one with its country', () => {
  const sent = lastYear.slice(0, 500);
  const read: { identifier: string | null; country: string | null; kind: string; time: number }[] = [];
  const reader = createContextObjectReader({
    now: () => now,
    onEvent: ({ identifier, country, kind, time }) => read.push({ identifier, country, kind, time }),
    onReject: ({ reason }) => assert.fail(reason),
    onNote: (_position, note) => assert.fail(note),
  });
  reader.write(new TextEncoder().encode(contextObjects(sent.map(contextObject).join(''))));
  reader.end();
  assert.deepEqual(
    read,
    sent.map(({ id, reader: { country }, kind, time }) => ({ identifier: id, country, kind, time })),
  );
});

test('given events, when they are written as lines, then each is one object that names a work', () => {
  const text = lastYear.slice(-100).map(eventLine).join('');
  const lines = text.trimEnd().split('\n');
  assert.equal(lines.length, 100);
  for (const line of lines) assert.match(JSON.parse(line).item, /^oai:/);
});

test('given records as MODS, when they are read, then titles, authors with ids, identifiers and URLs are those sent', () => {
  const sent = publications.filter(({ partner }) => partner.records === 'mods').slice(0, 200);
  const read: unknown[] = [];
  const reader = createPublicationReader({
    onRecord: ({ recordId, title, identifiers, urls, authors, parent, notes }) =>
      read.push({
        recordId,
        title,
        ids: identifiers.length,
        urls,
        authors: authors.map(({ name }) => name),
        parent: parent?.title ?? null,
        notes,
      }),
    onReject: ({ reason }) => assert.fail(reason),
  });
  reader.write(new TextEncoder().encode(modsResponse(sent, '2026-06-17T14:30:00Z')));
  reader.end();
  assert.deepEqual(
    read,
    sent.map(({ record, authors, page, file }) => ({
      recordId: record.id,
      title: record.title,
      ids: 1 + (record.identifiers?.length ?? 0),
      urls: [
        { url: page, kind: 'page' },
        { url: file, kind: 'file' },
      ],
      authors: authors.map(({ family, given }) => `${family}, ${given}`),
      parent: record.parent?.title ?? null,
      notes: [],
    })),
  );
});

test('given the partners, when they are looked at, then all are invented: hosts that nobody can own', () => {
  for (const { id } of partners) assert.match(id, /\.example$/);
});
