import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOneThread } from './testing/one-thread.ts';

const ann = 'orcid:0000-0002-1825-0097';

test('given a small and a large partner, when their publications are asked for, then both ways of reading rank as their own figures do', async (t) => {
  const almanac = await startOneThread(t);
  // Nine works of twelve are of the large partner; three works have no usage; two have the same.
  const requests = [4, 0, 7, 1, 3, 3, 0, 9, 2, 5, 6, 0];
  const works = requests.map((count, at) => ({
    id: `doi:10.1234/${String(at).padStart(2, '0')}`,
    count,
    partner: at % 4 === 0 ? 'small' : 'large',
  }));
  await almanac.publish(
    works.map(({ id, partner }, at) => ({
      id,
      title: `Title ${at}`,
      authors: [{ name: 'Ann', orcid: ann }],
      partners: [{ id: partner }],
    })),
  );
  await almanac.deliver(
    works.flatMap(({ id, count }) =>
      Array.from({ length: count }, (_, at) => ({
        id: `${id} ${at}`,
        at: `2024-${String((at % 3) + 5).padStart(2, '0')}-17T10:00:00Z`,
        identifiers: [id],
        session: `session ${at}`,
      })),
    ),
  );
  await almanac.settleAndCheck();

  for (const [type, owner] of [
    ['partner', 'small'],
    ['partner', 'large'],
    ['scholar', ann],
  ] as const) {
    for (const range of [{}, { from: '2024-06-01' }, { from: '2024-05-18', until: '2024-06-17' }]) {
      const own = works.filter(({ partner }) => type === 'scholar' || partner === owner);
      const expected = await Promise.all(
        own.map(async ({ id }) => {
          const found = await almanac.statistics('publication', id, range);
          return { subject: found?.subject, metrics: found?.metrics };
        }),
      );
      expected.sort(
        (a, b) =>
          (b.metrics?.total_item_requests ?? 0) - (a.metrics?.total_item_requests ?? 0) ||
          ((a.subject?.id ?? '') < (b.subject?.id ?? '') ? -1 : 1),
      );
      for (const size of [1, 2, 5, 20]) {
        const found = await almanac.publicationsOf(type, owner, size, range);
        assert.deepEqual(
          found?.items,
          expected.slice(0, size),
          `${size} of ${owner}, ${JSON.stringify(range)}`,
        );
      }
    }
  }
  const { from, until } = (await almanac.publicationsOf('partner', 'large')) ?? {};
  assert.deepEqual([from, until], ['2024-05-17', '2024-07-17']);
});

test('given a scholar known by several ids and one nobody knows, then any id answers, and nobody is null', async (t) => {
  const almanac = await startOneThread(t);
  await almanac.publish([
    {
      id: 'doi:10.1234/one',
      authors: [{ name: 'Ann', orcid: ann, dai: '071090665' }],
      partners: [{ id: 'p' }],
    },
  ]);
  await almanac.settle();
  for (const id of ['https://orcid.org/0000-0002-1825-0097', 'dai:071090665']) {
    const found = await almanac.publicationsOf('scholar', id);
    assert.deepEqual(
      found?.items.map(({ subject, metrics }) => [subject.id, metrics.total_item_requests]),
      [['doi:10.1234/one', 0]],
    );
  }
  assert.equal(await almanac.publicationsOf('scholar', 'orcid:0000-0001-5109-3700'), null);
  assert.equal(await almanac.publicationsOf('partner', 'nobody'), null);
});
