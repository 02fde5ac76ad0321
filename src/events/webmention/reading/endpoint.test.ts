import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { findEndpoint } from './endpoint.ts';
import { parseLinkHeader } from './link-header.ts';

const url = 'https://site.example/posts/1?x=1';

function endpointOf({ link = '', html = '', contentType = 'text/html' }): string | null {
  return findEndpoint({ url, link, contentType, bytes: Buffer.from(html) });
}

suite('Link headers', () => {
  for (const [link, expected] of [
    ['</wm>; rel=webmention', 'https://site.example/wm'],
    ['</wm>; rel="webmention"', 'https://site.example/wm'],
    ['</wm>;REL="WebMention"', 'https://site.example/wm'],
    ['</wm>; rel="self webmention other"', 'https://site.example/wm'],
    ['</a>; rel=self, </wm>; rel=webmention, </c>; rel=webmention', 'https://site.example/wm'],
    ['</a,b>; title="x, </no>; rel=webmention"; rel=self, </wm>; rel=webmention', 'https://site.example/wm'],
    ['<https://e.example/wm?a=1&b=2#f>; rel=webmention', 'https://e.example/wm?a=1&b=2'],
    ['<>; rel=webmention', 'https://site.example/posts/1?x=1'],
    ['wm; rel=webmention, </wm>; rel=webmention', 'https://site.example/wm'],
    ['</wm>; rel="not-webmention"', null],
    ['</wm>; rel=self; rel=webmention', null],
    ['</wm>; title="rel=webmention"', null],
    ['</wm; rel=webmention', null],
    ['<javascript:alert(1)>; rel=webmention', null],
  ] as const)
    test(`given ${link}, then the endpoint is ${expected}`, () =>
      assert.equal(endpointOf({ link }), expected));

  test('given a header and elements, then the header wins', () => {
    assert.equal(
      endpointOf({ link: '</h>; rel=webmention', html: '<link rel=webmention href=/l>' }),
      'https://site.example/h',
    );
  });

  test('given any header, then reading it answers', () => {
    const piece = fc.oneof(
      fc.constantFrom('<', '>', ';', ',', '"', '\\', 'rel=', 'webmention', ' '),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        parseLinkHeader(pieces.join(''));
      }),
    );
    for (const piece of ['<', '<>', '"', ';rel="', ';rel="\\', '<a>;', ',', ';a="x\\'])
      parseLinkHeader(piece.repeat(65_536 / piece.length));
  });
});

suite('elements', () => {
  for (const [html, expected] of [
    ['<link rel=webmention href=/wm>', 'https://site.example/wm'],
    ['<a rel="webmention" href="/wm">x</a>', 'https://site.example/wm'],
    ['<a rel=webmention href=/a>x</a><link rel=webmention href=/b>', 'https://site.example/a'],
    ['<link rel=webmention><a rel=webmention href=/a>x</a>', 'https://site.example/a'],
    ['<link rel=webmention href=""><a rel=webmention href=/a>x</a>', 'https://site.example/posts/1?x=1'],
    ['<link rel="webmention" href="wm?x=%20&amp;y=1">', 'https://site.example/posts/wm?x=%20&y=1'],
    ['<base href="/b/"><link rel="webmention" href="wm">', 'https://site.example/b/wm'],
    ['<!-- <link rel=webmention href=/no> --><a rel=WEBMENTION href=/a>x</a>', 'https://site.example/a'],
    ['<code>&lt;a rel=webmention href=/no&gt;</code>', null],
    ['<template><a rel=webmention href=/no></template>', null],
    ['<link rel="not-webmention webmentions" href=/no>', null],
    ['<form rel=webmention href=/no></form><area rel=webmention href=/no>', null],
    ['', null],
  ] as const)
    test(`given ${html}, then the endpoint is ${expected}`, () =>
      assert.equal(endpointOf({ html }), expected));

  test('given a body that is no HTML, then elements in it are none', () => {
    const html = '<link rel=webmention href=/wm>';
    assert.equal(endpointOf({ html, contentType: 'text/plain' }), null);
    assert.equal(endpointOf({ html, contentType: '' }), 'https://site.example/wm');
  });
});
