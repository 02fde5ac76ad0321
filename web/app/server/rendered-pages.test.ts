import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRenderedPages } from './rendered-pages.ts';

test('given the same data again, when a page is asked for, then it is not rendered anew and has the nonce of its answer', () => {
  const pages = createRenderedPages();
  let times = 0;
  const ask = (url: string, data: string, nonce: string) =>
    pages.page({ url, data, nonce }, () => `${++times}:${url} ${data} ${nonce} ${nonce}`);
  assert.equal(ask('/a', 'x', 'n1'), '1:/a x n1 n1');
  assert.equal(ask('/a', 'x', 'n2'), '1:/a x n2 n2');
  assert.equal(ask('/b', 'x', 'n3'), '2:/b x n3 n3', 'another page');
  assert.equal(ask('/a', 'y', 'n4'), '3:/a y n4 n4', 'other data');
  assert.equal(ask('/a', 'x', 'n5'), '4:/a x n5 n5', 'only the last data are remembered');
});

test('given more pages than are remembered, when the first one is asked for, then it is rendered anew', () => {
  const pages = createRenderedPages({ characters: 40 });
  let times = 0;
  const ask = (url: string) =>
    pages.page({ url, data: 'data', nonce: 'n' }, () => {
      times++;
      return 'fifteen letters';
    });
  for (const url of ['/a', '/b', '/b', '/c', '/b']) ask(url);
  assert.equal(times, 3);
  ask('/a');
  assert.equal(times, 4);
  assert.equal(
    createRenderedPages({ characters: 3 }).page({ url: '/', data: 'd', nonce: 'n' }, () => 'long'),
    'long',
  );
});
