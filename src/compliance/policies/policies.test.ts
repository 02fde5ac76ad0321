import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { temporaryFolder } from '../../testing/index.ts';
import { policyInWords } from './in-words.ts';
import { judgePolicy } from './judge.ts';
import { loadPolicies } from './load.ts';
import { type Facts, factNames, type Panel } from './policy.ts';
import { readPolicy } from './read-policy.ts';

const { policies, faults } = await loadPolicies('/nowhere');
const unknown = Object.fromEntries(Object.keys(factNames).map((name) => [name, null])) as Facts;

function verdict(id: string, facts: Partial<Facts>, panel: Panel = 'A') {
  const policy = policies.get(id) ?? assert.fail(id);
  return judgePolicy(policy, { ...unknown, ...facts }, panel);
}
const said = (id: string, facts: Partial<Facts>, panel: Panel = 'A') => {
  const { compliant, applies } = verdict(id, facts, panel);
  return `${compliant}/${applies}`;
};

test('given the built-in policies, when they are loaded, then all eight are there without a fault and have words', () => {
  assert.deepEqual(faults, []);
  assert.deepEqual([...policies.keys()].sort(), [
    'nih-2008',
    'nih-2024',
    'plan-s',
    'ref-2021',
    'ref-2029',
    'ukri-2022',
    'wellcome-2015-deluxe',
    'wellcome-2015-standard',
  ]);
  assert.equal(
    policyInWords(policies.get('wellcome-2015-standard') ?? assert.fail()),
    'it is in Europe PMC and (the copy in Europe PMC is the author manuscript or the licence is one of cc-by, cc0)',
  );
});

// in_epmc, aam, licence is BY, licence is in Europe PMC, is open access → standard, deluxe
const wellcome = '00000→00 00100→00 10000→00 10001→00 10011→00 10100→10 10111→11 11000→11 11100→11 11111→11';
for (const row of wellcome.split(' ')) {
  test(`given the facts ${row.slice(0, 5)}, when Wellcome 2015 judges, then ${row.slice(6)}`, () => {
    const [inEpmc, aam, by, inside, isOpen] = [...row].map((digit) => digit === '1');
    const facts: Partial<Facts> = {
      in_epmc: inEpmc ?? null,
      aam: aam ?? null,
      licence: by ? 'cc-by' : 'cc-by-nc',
      licence_source: inside ? 'epmc_xml' : 'publisher',
      epmc_is_oa: isOpen ?? null,
    };
    const results = ['wellcome-2015-standard', 'wellcome-2015-deluxe'].map(
      (id) => verdict(id, facts).compliant,
    );
    assert.deepEqual(
      results,
      [...row.slice(6)].map((digit) => (digit === '1' ? 'yes' : 'no')),
    );
  });
}

const cases: [id: string, facts: Partial<Facts>, result: string, panel?: Panel][] = [
  ['wellcome-2015-standard', { in_epmc: true }, 'unknown/yes'],
  ['wellcome-2015-standard', { in_epmc: false }, 'no/yes'],
  ['wellcome-2015-standard', { in_epmc: true, aam: false, licence: null }, 'unknown/yes'],
  ['plan-s', { licence: 'cc-by-sa', journal_type: 'oa', published: '2021-01-01' }, 'yes/yes'],
  ['plan-s', { licence: 'cc-by-nd', in_core: true, published: '2020-12-31' }, 'yes/no'],
  ['plan-s', { licence: 'cc-by', journal_type: 'hybrid', in_epmc: false, in_core: null }, 'unknown/unknown'],
  ['plan-s', { licence: 'cc-by-nc', journal_type: 'oa' }, 'no/unknown'],
  [
    'plan-s',
    {
      licence: 'cc-by',
      journal_type: 'hybrid',
      in_epmc: false,
      in_core: false,
      self_archiving_postprint: 'can',
    },
    'no/unknown',
  ],
  [
    'ukri-2022',
    {
      licence: 'cc-by',
      journal_type: 'hybrid',
      epmc_is_oa: false,
      aam: true,
      in_epmc: true,
      published: '2022-04-01',
    },
    'yes/yes',
  ],
  ['ukri-2022', { licence: 'cc-by-sa', journal_type: 'oa', published: '2022-03-31' }, 'no/no'],
  ['nih-2008', { pmcid: 'PMC1', in_epmc: true, embargo_months: 12, published: '2020-01-01' }, 'yes/yes'],
  ['nih-2008', { pmcid: 'PMC1', in_epmc: true, embargo_months: 13, published: '2025-07-01' }, 'no/unknown'],
  ['nih-2008', { pmcid: false, in_epmc: true, embargo_months: 0 }, 'no/unknown'],
  ['nih-2024', { pmcid: 'PMC1', in_epmc: true, embargo_until: false, published: '2025-06-30' }, 'yes/no'],
  [
    'nih-2024',
    { pmcid: 'PMC1', in_epmc: true, embargo_until: '2026-01-01', published: '2025-07-01' },
    'no/unknown',
  ],
  ['nih-2024', { pmcid: 'PMC1', in_epmc: true, embargo_until: false, accepted: '2025-07-01' }, 'yes/yes'],
  ['ref-2021', { journal_type: 'oa', licence: 'cc-by-nc-nd', published: '2025-12-31' }, 'yes/yes'],
  [
    'ref-2021',
    { journal_type: 'hybrid', in_core: true, postprint_embargo_months: 12, published: '2026-01-01' },
    'unknown/no',
  ],
  ['ref-2021', { journal_type: 'hybrid', in_core: true, postprint_embargo_months: 13 }, 'no/unknown'],
  [
    'ref-2021',
    { journal_type: 'hybrid', in_core: true, postprint_embargo_months: 24 },
    'unknown/unknown',
    'C',
  ],
  [
    'ref-2029',
    {
      journal_type: 'hybrid',
      aam: true,
      postprint_embargo_months: 6,
      licence: 'cc-by',
      published: '2026-01-01',
    },
    'unknown/yes',
  ],
  [
    'ref-2029',
    { journal_type: 'hybrid', aam: true, postprint_embargo_months: 7, licence: 'cc-by' },
    'no/unknown',
  ],
  [
    'ref-2029',
    { journal_type: 'hybrid', aam: true, postprint_embargo_months: 12, licence: 'cc-by' },
    'unknown/unknown',
    'D',
  ],
  [
    'ref-2029',
    { journal_type: 'hybrid', aam: true, postprint_embargo_months: 6, licence: 'public-domain' },
    'no/unknown',
  ],
];
for (const [id, facts, result, panel] of cases) {
  test(`given ${JSON.stringify(facts)}${panel ? ` and panel ${panel}` : ''}, when ${id} judges, then ${result}`, () => {
    assert.equal(said(id, facts, panel), result);
  });
}

test('given a verdict, when it is read, then every criterion is there with its fact, and exceptions are named', () => {
  const { because } = verdict('plan-s', {
    licence: 'cc-by-nd',
    in_epmc: true,
    self_archiving_postprint: 'can',
  });
  assert.deepEqual(because.slice(0, 2), [
    {
      criterion: 'the licence is one of cc-by, cc0, cc-by-sa',
      met: 'no',
      fact: 'licence',
      value: 'cc-by-nd',
    },
    { criterion: 'the licence is cc-by-nd (by exception)', met: 'yes', fact: 'licence', value: 'cc-by-nd' },
  ]);
  assert.deepEqual(because.at(-1), {
    criterion: 'permitted, but not seen taken: it decides nothing',
    met: 'unknown',
    fact: 'self_archiving_postprint',
    value: 'can',
  });
});

const own = { id: 'house', title: 'House', rule: { not: { fact: 'licence', is: 'cc-by' } } };

test('given policies of the operator, when they are loaded, then good ones are used and bad ones named with every fault', async (t) => {
  const dataDir = await temporaryFolder(t);
  await mkdir(join(dataDir, 'policies'));
  const write = (name: string, text: string) => writeFile(join(dataDir, 'policies', name), text);
  await write('a.json', `\ufeff${JSON.stringify(own)}`);
  await write('b.json', JSON.stringify({ ...own, title: 'Again' }));
  await write('c.json', '{"id":');
  await write(
    'd.json',
    JSON.stringify({
      id: 'A b',
      more: 1,
      applies: { date: 'x', from: '2020-02-30' },
      rule: { all: [{ fact: 'nobody', is: 1 }, { fact: 'licence' }, {}] },
    }),
  );
  await write('e.txt', 'not looked at');
  const loaded = await loadPolicies(dataDir);
  assert.equal(loaded.policies.get('house')?.title, 'House');
  assert.equal(
    judgePolicy(loaded.policies.get('house') ?? assert.fail(), { ...unknown, licence: 'cc-by-nc' }, 'A')
      .compliant,
    'yes',
  );
  assert.deepEqual(
    loaded.faults.map((fault) => fault.split(' ').slice(0, 2).join(' ')),
    [
      'policies/b.json: /id',
      'policies/c.json: /',
      'policies/d.json: /more',
      'policies/d.json: /id',
      'policies/d.json: /title',
      'policies/d.json: /applies/date',
      'policies/d.json: /applies/from',
      'policies/d.json: /rule/all/0/fact',
      'policies/d.json: /rule/all/1',
      'policies/d.json: /rule/all/2',
    ],
  );
});

test('given any JSON for a policy, when it is read, then it is a policy or its faults are named', () => {
  const key = fc.constantFrom(
    'all',
    'any',
    'not',
    'fact',
    'in',
    'is',
    'max',
    'exists',
    'id',
    'rule',
    'licence',
  );
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.jsonValue(),
      fc.dictionary(key, tie('value')),
      fc.array(tie('value')),
    ),
  })).value;
  fc.assert(
    fc.property(json, (value) => {
      const read = readPolicy(JSON.stringify({ ...own, rule: value }));
      assert.ok('policy' in read || read.faults.length > 0);
      if ('policy' in read)
        assert.match(judgePolicy(read.policy, unknown, 'A').compliant, /^(?:yes|no|unknown)$/);
    }),
  );
});
