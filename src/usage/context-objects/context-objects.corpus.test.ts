import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readDelivery } from './delivery-fixture.ts';

const corpus = process.env.CORPUS;

test('given the three pages of OA-Statistik, when read, then the figures are those of the specification (§12)', {
  skip: corpus === undefined ? 'CORPUS is not set' : false,
}, () => {
  const pages = [0, 1, 2].map((page) => {
    return readDelivery(readFileSync(join(corpus ?? '', `usage/oas/ListRecords_0${page}.xml`)));
  });
  const events = pages.flatMap((page) => page.events);
  const count = (test: (event: (typeof events)[number]) => boolean) => events.filter(test).length;
  assert.equal(pages.flatMap((page) => page.records).length, 30);
  assert.equal(events.length, 1_500);
  assert.equal(pages.flatMap((page) => page.rejections).length, 0);
  assert.equal(
    count((event) => event.status !== 200 && event.status !== 304),
    107,
  );
  assert.equal(
    count((event) => event.excludedClass),
    178,
  );
  assert.equal(
    count((event) => event.userAgent === null),
    90,
  );
  assert.equal(
    count((event) => event.kind === 'other'),
    52,
  );
  assert.match(pages[2]?.summary.resumptionToken ?? '', /^pos:30,/);
  assert.equal(pages[2]?.summary.completeListSize, 80);
});
