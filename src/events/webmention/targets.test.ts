import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalId } from '../../identifiers/index.ts';
import { findTarget, type TargetLookups } from './targets.ts';

const works: Record<string, string> = {
  'doi:10.5555/known': 'doi:10.5555/known',
  'pmid:123': 'doi:10.5555/known',
  'oai:repository.example:7': 'oai:repository.example:7',
  'hdl:20.500/7': 'hdl:20.500/7',
  'https://publisher.example/articles/7': 'https://publisher.example/articles/7',
};

const lookups: TargetLookups = {
  publicUrl: () => 'https://observatory.example/almanac',
  findWork: async (id) => works[canonicalId(id) ?? ''] ?? null,
  hasRepository: async (id) => id === 'abc',
};

const find = (target: string) => findTarget(target, lookups);
const own = 'https://observatory.example/almanac';

test('given an identifier or the URL of a known work, then mentions of it are taken as they are', async () => {
  for (const target of [
    'https://doi.org/10.5555/never-seen',
    'http://dx.doi.org/10.5555/x#part',
    'https://pubmed.ncbi.nlm.nih.gov/99',
    'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC99',
    'https://arxiv.org/abs/1501.00001v2',
    'https://hdl.handle.net/20.500/8',
    'https://publisher.example/articles/7',
    'https://publisher.example/articles/7#methods',
  ])
    assert.deepEqual(await find(target), { objectId: target, object: {} }, target);
});

test('given a URL of nothing that is known, or a faulty identifier, then mentions are not taken', async () => {
  for (const target of [
    'https://publisher.example/articles/8',
    'https://publisher.example/articles/7/',
    'https://doi.org/10.163/x',
    'https://observatory.example/almanac',
    `${own}/`,
    `${own}/works/`,
    `${own}/works/10.5555%2Funknown`,
    `${own}/works/%ZZ`,
    `${own}/repositories/nothing`,
    `${own}/about`,
    'https://observatory.example/works/10.5555%2Fknown',
    'https://observatory.example/almanacs/works/10.5555%2Fknown',
    'http://observatory.example/almanac/works/10.5555%2Fknown',
  ])
    assert.equal(await find(target), null, target);
});

test('given an address of a work of ours, in any spelling, then the deposit says which work it is', async () => {
  const object = { DOI: '10.5555/known' };
  for (const path of ['10.5555%2Fknown', '10.5555/KNOWN', 'doi:10.5555%2Fknown', 'pmid:123']) {
    const target = `${own}/works/${path}`;
    assert.deepEqual(await find(target), { objectId: target, object }, path);
  }
  assert.deepEqual(await find(`${own}/works/10.5555%2Fknown?lang=de#events`), {
    objectId: `${own}/works/10.5555%2Fknown#events`,
    object,
  });
  assert.deepEqual((await find(`${own}/works/oai%3Arepository.example%3A7`))?.object, {
    URL: 'oai:repository.example:7',
  });
  assert.deepEqual((await find(`${own}/works/hdl:20.500%2F7`))?.object, {
    URL: 'https://hdl.handle.net/20.500/7',
  });
});

test('given an address of a repository of ours, then its plain address is the object', async () => {
  const target = `${own}/repositories/abc?tab=usage`;
  const plain = `${own}/repositories/abc`;
  assert.deepEqual(await find(target), { objectId: plain, object: { URL: plain } });
});
