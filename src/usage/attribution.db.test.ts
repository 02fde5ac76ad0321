import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOneThread } from './testing/one-thread.ts';

const one = 'doi:10.1234/one';
const two = 'doi:10.1234/two';
const orcid = 'orcid:0000-0002-1825-0097';
const dai = 'dai:071090665';
const isni = 'isni:0000000081508690';

test('given usage of an unknown work, then it counts at once, for its country and its source’s partner, without a name', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver([{ id: 'a', identifiers: ['http://r.example/1'] }], {
    partner: 'p1',
    partnerName: 'One',
  });
  await almanac.settleAndCheck();
  const found = await almanac.statistics('publication', 'HTTP://R.example:80/1#top');
  assert.deepEqual(
    [found?.subject, found?.metrics.total_item_requests],
    [{ type: 'publication', id: 'http://r.example/1', name: null }, 1],
  );
  assert.deepEqual((await almanac.statistics('partner', 'p1'))?.subject, {
    type: 'partner',
    id: 'p1',
    name: 'One',
  });
  assert.deepEqual(await almanac.figures('partner', 'p1'), [1, 1, 1, 1]);
  assert.deepEqual(await almanac.figures('country', 'nl'), [1, 1, 1, 1]);
  const { works, unknown_works: unknown } = await almanac.status();
  assert.deepEqual([works, unknown], [1, 1]);
});

test('given a record with that URL later, then the counts go to its scholars and partners, and both ids answer', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver(
    [
      { id: 'a', identifiers: ['http://r.example/1'] },
      { id: 'b', at: '2024-07-01T00:00:05Z', identifiers: [one] },
    ],
    { partner: 'usage.example' },
  );
  await almanac.settle();
  await almanac.publish([
    {
      id: 'r1',
      identifiers: [one],
      title: 'T',
      urls: [{ url: 'http://r.example/1', kind: 'page' }],
      authors: [{ name: 'Ann', orcid }],
      partners: [{ id: 'p1', name: 'One' }],
    },
  ]);
  await almanac.settleAndCheck();
  for (const id of [one, 'http://r.example/1', 'https://doi.org/10.1234/ONE']) {
    const found = await almanac.statistics('publication', id);
    assert.deepEqual(
      [found?.subject, found?.metrics.total_item_requests],
      [{ type: 'publication', id: one, name: 'T' }, 2],
    );
  }
  assert.deepEqual(await almanac.figures('scholar', orcid), [2, 2, 2, 2]);
  assert.deepEqual(await almanac.figures('partner', 'p1'), [2, 2, 2, 2]);
  assert.deepEqual(await almanac.figures('partner', 'usage.example'), [0, 0, 0, 0]);
  assert.equal((await almanac.status()).unknown_works, 0);
});

test('given a record that is deleted, then scholars, partners and title go, usage stays and falls to the source’s partner', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver([{ id: 'a' }], { partner: 'usage.example' });
  await almanac.publish([
    {
      id: 'r1',
      identifiers: [one],
      title: 'T',
      authors: [{ name: 'Ann', orcid }],
      partners: [{ id: 'p1' }],
      datestamp: '2024-07-01',
    },
  ]);
  await almanac.settle();
  await almanac.publish([{ id: 'r1', datestamp: '2024-06-01', deleted: true }]);
  await almanac.settleAndCheck();
  assert.deepEqual(await almanac.figures('scholar', orcid), [1, 1, 1, 1]);
  await almanac.publish([{ id: 'r1', datestamp: '2024-07-02', deleted: true }]);
  await almanac.settleAndCheck();
  assert.equal(await almanac.statistics('scholar', orcid), null);
  assert.deepEqual(await almanac.figures('partner', 'p1'), [0, 0, 0, 0]);
  assert.deepEqual(await almanac.figures('partner', 'usage.example'), [1, 1, 1, 1]);
  const found = await almanac.statistics('publication', one);
  assert.deepEqual([found?.subject.name, found?.metrics.total_item_requests], [null, 1]);
});

test('given several live records of a work, then persons are their union and the title is the newest one’s', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.publish([
    {
      id: 'r1',
      identifiers: [one],
      title: 'New',
      authors: [{ name: 'Ann', orcid }],
      partners: [{ id: 'p1' }],
      datestamp: '2024-07-02',
    },
    {
      id: 'r2',
      identifiers: [one],
      title: 'Old',
      authors: [{ name: 'Bob', dai }],
      partners: [{ id: 'p2' }],
      datestamp: '2024-07-01T23:59:59Z',
    },
  ]);
  await almanac.deliver([{ id: 'a' }]);
  await almanac.settleAndCheck();
  for (const id of [orcid, dai]) assert.deepEqual(await almanac.figures('scholar', id), [1, 1, 1, 1]);
  for (const id of ['p1', 'p2']) assert.deepEqual(await almanac.figures('partner', id), [1, 1, 1, 1]);
  assert.equal((await almanac.statistics('publication', one))?.subject.name, 'New');
  await almanac.publish([{ id: 'r2', identifiers: [one], title: 'Newest', datestamp: '2024-07-02' }]);
  await almanac.settleAndCheck();
  // Equal datestamps: the greater record id.
  assert.equal((await almanac.statistics('publication', one))?.subject.name, 'Newest');
  assert.equal(await almanac.statistics('scholar', dai), null);
  assert.deepEqual(await almanac.figures('partner', 'p2'), [0, 0, 0, 0]);
});

test('given versions of a record in one batch or one by one, then the newest stands either way', async (t) => {
  const almanac = await startOneThread(t);
  const versions = [
    { identifiers: [one], title: 'first', datestamp: '2024-07-02', partners: [{ id: 'p1', name: 'One' }] },
    { identifiers: [one], title: 'undated', partners: [{ id: 'p2', name: 'Two' }] },
    { identifiers: [one], title: 'older', datestamp: '2024-07-01', partners: [{ id: 'p1', name: 'Uno' }] },
  ];
  const titles: (string | null | undefined)[] = [];
  for (const together of [true, false]) {
    const doi = `${one}-${together}`;
    const own = versions.map((version) => ({ ...version, id: `r${together}`, identifiers: [doi] }));
    if (together) await almanac.publish(own);
    else for (const version of own) await almanac.publish([version]).then(almanac.apply);
    await almanac.settleAndCheck();
    titles.push((await almanac.statistics('publication', doi))?.subject.name);
  }
  assert.equal(titles[0], titles[1]);
  assert.equal((await almanac.statistics('partner', 'p2'))?.subject.name, 'Two');
});

test('given names that share any id, across partners, then they are one scholar, and each id answers', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.publish([
    { id: 'r1', identifiers: [one], authors: [{ name: 'Ann A.', orcid }], partners: [{ id: 'p1' }] },
  ]);
  await almanac.publish([
    { id: 'r2', identifiers: [two], authors: [{ name: 'A. Ann', dai }], partners: [{ id: 'p2' }] },
  ]);
  await almanac.deliver([
    { id: 'a', identifiers: [one] },
    { id: 'b', at: '13:00:00', identifiers: [two] },
  ]);
  await almanac.settleAndCheck();
  assert.deepEqual(await almanac.figures('scholar', dai), [1, 1, 1, 1]);
  await almanac.publish([
    {
      id: 'r3',
      identifiers: ['doi:10.1234/three'],
      authors: [{ name: 'Ann', orcid, dai, isni }],
      datestamp: '2024-07-01',
    },
  ]);
  await almanac.settleAndCheck();
  for (const id of [orcid, dai, isni, 'https://orcid.org/0000-0002-1825-0097', '0000 0000 8150 8690']) {
    const found = await almanac.statistics('scholar', id);
    assert.deepEqual([found?.subject.id, found?.metrics.total_item_requests], [orcid, 2], id);
  }
  // The record that said so is corrected: they are two again.
  await almanac.publish([
    {
      id: 'r3',
      identifiers: ['doi:10.1234/three'],
      authors: [{ name: 'Ann', isni }],
      datestamp: '2024-07-02',
    },
  ]);
  await almanac.settleAndCheck();
  assert.deepEqual(await almanac.figures('scholar', orcid), [1, 1, 1, 1]);
  assert.deepEqual((await almanac.statistics('scholar', dai))?.subject, {
    type: 'scholar',
    id: dai,
    name: 'A. Ann',
  });
  assert.deepEqual(await almanac.figures('scholar', isni), [0, 0, 0, 0]);
});

test('given names without ids, then they are scholars of their partner and never joined across partners', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.publish([
    { id: 'r1', identifiers: [one], authors: [{ name: 'Müller, Ann' }], partners: [{ id: 'p1' }] },
    { id: 'r2', identifiers: [two], authors: [{ name: 'muller ,ANN.' }], partners: [{ id: 'p1' }] },
    {
      id: 'r3',
      identifiers: ['doi:10.1234/three'],
      authors: [{ name: 'Müller, Ann' }],
      partners: [{ id: 'p2' }],
    },
  ]);
  await almanac.deliver([one, two, 'doi:10.1234/three'].map((id) => ({ id, identifiers: [id] })));
  await almanac.settleAndCheck();
  assert.deepEqual(await almanac.figures('scholar', 'name:p1:muller, ann'), [2, 2, 2, 2]);
  assert.deepEqual(await almanac.figures('scholar', 'name:p2:muller, ann'), [1, 1, 1, 1]);
});

test('given authorship that changes, then history is re-stated for those who come and go', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver([{ id: 'a' }, { id: 'b', at: '2023-01-01T10:00:00Z', country: 'DE' }]);
  for (const [round, who] of [orcid, dai, orcid].entries()) {
    await almanac.publish([
      {
        id: 'r1',
        identifiers: [one],
        authors: [{ name: 'X', id: who }],
        partners: [{ id: `p${round}` }],
        datestamp: `2024-07-0${round + 1}`,
      },
    ]);
    await almanac.settleAndCheck();
    const other = who === orcid ? dai : orcid;
    assert.deepEqual(await almanac.figures('scholar', who), [2, 2, 2, 2]);
    assert.equal(await almanac.statistics('scholar', other), null);
    assert.deepEqual(await almanac.figures('partner', `p${round}`), [2, 2, 2, 2]);
  }
  assert.deepEqual(await almanac.figures('partner', 'p0'), [0, 0, 0, 0]);
});

test('given a record that moves to another work, then its people move with it and the usage stays', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver([
    { id: 'a', identifiers: [one] },
    { id: 'b', at: '13:00:00', identifiers: [two] },
    { id: 'c', at: '14:00:00', identifiers: [two] },
  ]);
  await almanac.publish([{ id: 'r1', identifiers: [one], authors: [{ name: 'Ann', orcid }] }]);
  await almanac.settle();
  await almanac.publish([{ id: 'r1', identifiers: [two], authors: [{ name: 'Ann', orcid }] }]);
  await almanac.settleAndCheck();
  assert.deepEqual(await almanac.figures('scholar', orcid), [2, 2, 2, 2]);
  assert.deepEqual(await almanac.figures('publication', one), [1, 1, 1, 1]);
});

test('given a subject neither known nor with events, then there is none; a known one without usage has zeros', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.publish([
    { id: 'r1', identifiers: [one], authors: [{ name: 'Ann', orcid }], partners: [{ id: 'p1' }] },
  ]);
  await almanac.settleAndCheck();
  for (const [type, id] of [
    ['publication', one],
    ['scholar', orcid],
    ['partner', 'p1'],
    ['country', 'FR'],
    ['country', 'ZZ'],
  ] as const) {
    const found = await almanac.statistics(type, id, { byCountry: true });
    assert.deepEqual(
      [Object.values(found?.metrics ?? {}), found?.series, found?.countries, found?.from, found?.until],
      [[0, 0, 0, 0], [], [], null, null],
    );
  }
  for (const [type, id] of [
    ['publication', two],
    ['scholar', dai],
    ['partner', 'p2'],
    ['country', 'XQ'],
    ['country', 'NLD'],
  ] as const) {
    assert.equal(await almanac.statistics(type, id), null, `${type} ${id}`);
  }
});

test('given events that bring no figure, then what figures are made of does not change, only up_to does', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.deliver([{ id: 'a' }]);
  await almanac.settle();
  const { up_to: before, ...figures } =
    (await almanac.statistics('publication', one, { granularity: 'day', byCountry: true })) ?? {};
  await almanac.deliver([
    { id: 'b', at: '2024-07-15T12:00:00Z', userAgent: 'bot' },
    { id: 'c', at: '2024-07-16T12:00:00Z', identifiers: [two] },
    { id: 'a' },
  ]);
  await almanac.settleAndCheck();
  const { up_to: after, ...same } =
    (await almanac.statistics('publication', one, { granularity: 'day', byCountry: true })) ?? {};
  assert.deepEqual(same, figures);
  assert.deepEqual([before, after], [new Date('2024-06-15T12:00:00Z'), new Date('2024-07-16T12:00:00Z')]);
});

test('given ties in a top list, then requests, investigations and then the id decide, in every range', async (t) => {
  const almanac = await startOneThread(t);
  const works = [
    'doi:10.1234/b',
    'doi:10.1234/a',
    'doi:10.1234/b2',
    'doi:10.1234/c',
    'http://r.example/Z',
    'http://r.example/a',
  ];
  await almanac.publish(
    works.map((work, index) => ({
      id: `r${index}`,
      identifiers: [work],
      authors: [{ name: 'N', id: `x:${work.slice(-1)}` }],
      partners: [{ id: `p${work.slice(-1)}` }],
    })),
  );
  await almanac.deliver(works.map((work) => ({ id: work, identifiers: [work] })));
  await almanac.deliver([
    { id: 'more', at: '13:00:00', kind: 'investigation', identifiers: ['doi:10.1234/c'] },
  ]);
  await almanac.settleAndCheck();
  const inOrder = [
    'doi:10.1234/c',
    'doi:10.1234/a',
    'doi:10.1234/b',
    'doi:10.1234/b2',
    'http://r.example/Z',
    'http://r.example/a',
  ];
  for (const range of [
    {},
    { from: '2024-06-15', until: '2024-06-15' },
    { from: '2024-06-01', until: '2024-06-30' },
    { from: '2024-05-15' },
  ]) {
    const ids = async (kind: 'publications' | 'scholars' | 'partners', size?: number) =>
      (await almanac.top(kind, size, range)).items.map(({ subject }) => subject.id);
    assert.deepEqual(await ids('publications'), inOrder);
    assert.deepEqual(await ids('publications', 2), inOrder.slice(0, 2));
    assert.deepEqual(await ids('partners'), ['pa', 'pc', 'p2', 'pZ', 'pb']);
    assert.deepEqual(await ids('scholars', 2), ['x:a', 'x:c']);
  }
  assert.deepEqual((await almanac.top('publications', 10, { from: '2025-01-01' })).items, []);
});
