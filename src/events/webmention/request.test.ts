import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readRequest } from './request.ts';

const target = 'https://doi.org/10.5555/known';
const source = 'https://blog.example/post';

const refuses = (url: URL): boolean => url.hostname.startsWith('10.') || url.hostname === '[::1]';
const read = (form: string) => readRequest(form, refuses);
const faultsOf = (fields: Record<string, string> | [string, string][]) => {
  const result = read(new URLSearchParams(fields).toString());
  return result.ok ? [] : result.faults.map(({ path, message }) => `${path} ${message}`);
};

test('given source and target, then they are read as they are spelt; other fields are ignored', () => {
  assert.deepEqual(
    read(`vouch=x&source=${encodeURIComponent('HTTPS://Blog.example/é?a=1&b=2#c')}&target=${target}`),
    { ok: true, pair: { source: 'HTTPS://Blog.example/é?a=1&b=2#c', target } },
  );
});

test('given fields that are missing, repeated, no addresses or too long, then every fault is named', () => {
  assert.deepEqual(faultsOf({}), ['source is required', 'target is required']);
  assert.deepEqual(
    faultsOf([
      ['source', source],
      ['source', source],
      ['target', target],
    ]),
    ['source is given more than once'],
  );
  for (const bad of [
    'blog.example/post',
    '/post',
    'ftp://blog.example/post',
    'javascript:alert(1)',
    'https:blog.example',
    'https://',
    'https://a b.example/',
    ' https://blog.example/',
    'https://blog.example/\u0000',
    'https://blog.example/\n',
    'https://blog.example:99999/',
  ])
    assert.deepEqual(
      faultsOf({ source: bad, target }),
      ['source must be an absolute http or https URL'],
      bad,
    );
  const long = `https://blog.example/${'x'.repeat(2_048)}`;
  assert.deepEqual(faultsOf({ source: long, target: long }), [
    'source must have at most 2048 characters',
    'target must have at most 2048 characters',
  ]);
  assert.deepEqual(faultsOf({ source: 'https://u:p@blog.example/', target: 'https://u@e.example/' }), [
    'source must not contain user info',
    'target must not contain user info',
  ]);
});

test('given a source that is the target, but for the fragment or the spelling, then that is a fault', () => {
  const same = ['source must not be the target itself'];
  assert.deepEqual(faultsOf({ source: `${source}#a`, target: `${source}#b` }), same);
  assert.deepEqual(faultsOf({ source: 'https://BLOG.example:443/post', target: source }), same);
  assert.deepEqual(faultsOf({ source: 'http://dx.doi.org/10.5555/KNOWN', target }), same);
  assert.deepEqual(faultsOf({ source: `${source}?a`, target: source }), []);
});

test('given a literal address that is never asked, in any spelling, then that is a fault of the source', () => {
  for (const host of ['10.0.0.1', '0x0a.0.0.1', '167772161', '[::1]'])
    assert.deepEqual(faultsOf({ source: `http://${host}/`, target }), [
      'source is at an address that is not allowed',
    ]);
  assert.deepEqual(faultsOf({ source: 'http://93.184.215.14/', target }), []);
});

test('given any form, then reading answers', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.webUrl(), (text, url) => {
      read(text);
      read(`source=${text}&target=${url}`);
      faultsOf({ source: text, target: url });
    }),
  );
});
