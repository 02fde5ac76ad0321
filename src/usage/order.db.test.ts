import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type OneThread, startOneThread } from './testing/one-thread.ts';

const works = ['doi:10.1234/a', 'oai:r:2', 'hdl:1/3'];
const people = ['orcid:0000-0002-1825-0097', 'dai:071090665', 'x:1', 'x:2'];
const partners = ['p1', 'p2', 'usage.example'];

/** What one version of each record says; the identifiers of a work do not change from version to version. */
const anyVersion = fc.record({
  work: fc.nat(2),
  record: fc.nat(1),
  deleted: fc.oneof(
    { weight: 4, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  title: fc.constantFrom('T', 'U', 'V'),
  authors: fc.array(fc.subarray(people, { minLength: 1, maxLength: 3 }), { maxLength: 2 }),
  partners: fc.subarray(['p1', 'p2']),
});

async function figuresOf(almanac: OneThread): Promise<string[]> {
  const lines: string[] = [];
  const subjects = [
    ...works.flatMap(
      (id, index) =>
        [
          ['publication', id],
          ['publication', `http://r.example/${index}`],
        ] as const,
    ),
    ...people.map((id) => ['scholar', id] as const),
    ...partners.map((id) => ['partner', id] as const),
  ];
  for (const [type, id] of subjects) {
    const found = await almanac.statistics(type, id, { granularity: 'day', byCountry: true });
    // Somebody who was named once, by a version that came late, is known and has zeros: that is no difference.
    const figures =
      found === null || found.series.length === 0
        ? null
        : {
            name: type === 'partner' ? null : found.subject.name,
            series: found.series,
            countries: found.countries,
          };
    lines.push(`${id}: ${JSON.stringify(figures)}`);
  }
  return lines;
}

test('property: whether usage or records come first, and in which order, the figures are the same', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyVersion, { minLength: 1, maxLength: 7 }),
      fc.infiniteStream(fc.nat()),
      async (versions, keys) => {
        const seen: string[][] = [];
        for (const shuffled of [false, true]) {
          const cleanUp: (() => Promise<void> | void)[] = [];
          const almanac = await startOneThread(
            Object.assign(Object.create(t), { after: (fn: () => void) => cleanUp.push(fn) }),
          );
          const steps = [
            ...works.map(
              (work, index) => () =>
                almanac.deliver(
                  [
                    { id: `a${index}`, identifiers: [work] },
                    {
                      id: `b${index}`,
                      at: '13:00:00',
                      identifiers: [`http://r.example/${index}`],
                      country: 'DE',
                    },
                  ],
                  { partner: 'usage.example' },
                ),
            ),
            // Every work has a record that says once and for all which identifiers are its own.
            ...works.map(
              (work, index) => () =>
                almanac.publish([
                  {
                    id: `base${index}`,
                    identifiers: [work, `http://r.example/${index}`],
                    title: 'Base',
                    datestamp: '2020-01-01',
                  },
                ]),
            ),
            ...versions.map(
              ({ work, record, authors, ...version }, index) =>
                () =>
                  almanac.publish([
                    {
                      ...version,
                      id: `r${work}-${record}`,
                      identifiers: [works[work], `http://r.example/${work}`],
                      authors: authors.map((ids, place) => ({
                        name: `N${place}`,
                        orcid: ids.find((id) => id.startsWith('orcid:')),
                        dai: ids.find((id) => id.startsWith('dai:')),
                        id: ids.find((id) => id.startsWith('x:')),
                      })),
                      partners: version.partners.map((id) => ({ id })),
                      datestamp: `2024-07-${10 + index}`,
                    },
                  ]),
            ),
          ];
          const order = steps
            .map((step) => ({ step, key: shuffled ? (keys.next().value ?? 0) : 0 }))
            .sort((a, b) => a.key - b.key);
          for (const { step, key } of order) {
            await step();
            if (key % 2 === 1) await almanac.apply();
            if (key % 4 === 1) await almanac.roll();
          }
          await almanac.settleAndCheck();
          seen.push(await figuresOf(almanac));
          for (const step of cleanUp.reverse()) await step();
        }
        assert.deepEqual(seen[1], seen[0]);
      },
    ),
    { numRuns: 4, endOnFailure: true },
  );
});

test('given a promotor who is named with two ids, then they are one person’s, and the work counts for the author only', async (t) => {
  const almanac = await startOneThread(t);
  const [orcid = '', dai = ''] = people;
  await almanac.publish([
    { id: 'r1', identifiers: ['doi:10.1234/1'], authors: [{ name: 'Ann', orcid }] },
    { id: 'r2', identifiers: ['doi:10.1234/2'], authors: [{ name: 'Ann', dai }] },
  ]);
  await almanac.publishBody(
    'application/xml',
    `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header><identifier>oai:r.example:3</identifier><datestamp>2024-07-01</datestamp></header>
    <metadata><mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Thesis</title></titleInfo>
    <name type="personal"><namePart type="family">Young</namePart><role><roleTerm>aut</roleTerm></role></name>
    <name type="personal"><namePart type="family">Old</namePart><role><roleTerm>ths</roleTerm></role>
    <nameIdentifier type="orcid">0000-0002-1825-0097</nameIdentifier><nameIdentifier type="dai-nl">071090665</nameIdentifier></name>
    </mods></metadata></record></ListRecords></OAI-PMH>`,
  );
  await almanac.deliver(
    ['doi:10.1234/1', 'doi:10.1234/2', 'oai:r.example:3'].map((id) => ({ id, identifiers: [id] })),
  );
  await almanac.settleAndCheck();
  assert.deepEqual(await almanac.figures('scholar', dai), [2, 2, 2, 2]);
  assert.equal((await almanac.statistics('scholar', dai))?.subject.id, orcid);
  assert.deepEqual(await almanac.figures('scholar', 'name:r.example:young'), [1, 1, 1, 1]);
  assert.deepEqual(await almanac.figures('partner', 'r.example'), [1, 1, 1, 1]);
});
