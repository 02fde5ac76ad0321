import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { type Reading, readSource } from './read-source.ts';

const target = 'https://observatory.example/works/10.5555%2Fabc';
const url = 'https://blog.example/2026/post.html';

function read(body: string, contentType = 'text/html; charset=utf-8', wanted = target): Reading {
  return readSource({ bytes: Buffer.from(body), contentType, url, target: wanted });
}

const isLinked = (body: string, contentType?: string, wanted?: string): boolean =>
  read(body, contentType, wanted).kind === 'linked';

suite('HTML', () => {
  const linking = [
    `<a href="${target}">x</a>`,
    `<map><area href="${target}"></map>`,
    `<link rel="cite" href="${target}">`,
    `<img src="${target}">`,
    `<video src="${target}"></video>`,
    `<audio src="${target}"></audio>`,
    `<video><source src="${target}"></video>`,
    `<iframe src="${target}"></iframe>`,
    `<blockquote cite="${target}">x</blockquote>`,
    `<q cite="${target}">x</q>`,
    `<del cite="${target}">x</del>`,
    `<ins cite="${target}">x</ins>`,
  ];
  for (const markup of linking)
    test(`given ${markup}, then it links to the target`, () => assert.equal(isLinked(markup), true));

  const silent = [
    `<p>${target}</p>`,
    `<!-- <a href="${target}">x</a> -->`,
    `<pre>&lt;a href="${target}"&gt;x&lt;/a&gt;</pre>`,
    `<script>document.write('<a href="${target}">x</a>')</script>`,
    `<script type="text/html"><!--<script><a href="${target}"></a></script>--></script>`,
    `<style><a href="${target}"></style>`,
    `<textarea><a href="${target}">x</a></textarea>`,
    `<title><a href="${target}">x</a></title>`,
    `<template><a href="${target}">x</a></template>`,
    `<template><div><template><a href="${target}">x</a></template></div></template>`,
    `<xmp><a href="${target}">x</a></xmp>`,
    `<iframe><a href="${target}">x</a></iframe>`,
    `<svg><script><a href="${target}">x</a></script></svg>`,
    `<a data-href="${target}">x</a>`,
    `<a name="x" title='href="${target}"'>x</a>`,
    `<div href="${target}">x</div>`,
    `<a src="${target}">x</a>`,
    `<a href="${target}/">x</a>`,
    `<a href="${target}?ref=1">x</a>`,
    `<a href="${target}#part">x</a>`,
    `<a href="${target.toUpperCase()}">x</a>`,
    '',
  ];
  for (const markup of silent)
    test(`given ${markup}, then it does not link to the target`, () => assert.equal(isLinked(markup), false));

  test('given entities, blanks around and upper-case names, then the address is what a browser makes of it', () => {
    const wanted = 'https://t.example/?a=1&b=2';
    assert.equal(isLinked('<A HREF=" https://t.example/?a=1&amp;b=2\n">x</A>', undefined, wanted), true);
    assert.equal(isLinked('<a href="https://t.example/?a=1&#38;b=2">x</a>', undefined, wanted), true);
    assert.equal(isLinked('<a href=https://t.example/?a=1&b=2>x</a>', undefined, wanted), true);
  });

  test('given a relative address, then it is resolved against where the page came from, or its first base', () => {
    const wanted = 'https://blog.example/2026/other';
    assert.equal(isLinked('<a href="other">x</a>', undefined, wanted), true);
    assert.equal(isLinked('<base href="/2026/"><a href="other">x</a>', undefined, wanted), true);
    assert.equal(
      isLinked(
        '<base href="https://e.example/"><base href="/2026/"><a href="other">x</a>',
        undefined,
        wanted,
      ),
      false,
    );
    assert.equal(isLinked('<base target="_top"><a href="other">x</a>', undefined, wanted), true);
    assert.equal(
      isLinked(
        '<template><base href="https://e.example/"></template><a href="other">x</a>',
        undefined,
        wanted,
      ),
      true,
    );
  });

  test('given a target with a fragment, then the fragment counts; given one without a path, then its slash does not', () => {
    assert.equal(isLinked('<a href="https://t.example/a#b">x</a>', undefined, 'https://t.example/a#b'), true);
    assert.equal(isLinked('<a href="https://t.example/a">x</a>', undefined, 'https://t.example/a#b'), false);
    assert.equal(isLinked('<a href="https://t.example">x</a>', undefined, 'https://t.example/'), true);
    assert.equal(isLinked('<a href="https://t.example/">x</a>', undefined, 'https://t.example'), true);
  });

  test('given a link among noscript, unclosed elements and tables gone wrong, then it is found', () => {
    assert.equal(isLinked(`<noscript><a href="${target}">x</a></noscript>`), true);
    assert.equal(isLinked(`<table><b><p><a href='${target}'`), false);
    assert.equal(isLinked(`<table><b><p><a href='${target}'>`), true);
  });

  test('given a page that says it is gone, then it is gone although it links', () => {
    const gone = `<meta HTTP-EQUIV="Status" content="410 Gone"><a href="${target}">x</a>`;
    assert.equal(read(gone).kind, 'gone');
    assert.equal(read(`<meta http-equiv="status" content="4100"><a href="${target}">x</a>`).kind, 'linked');
    assert.equal(read(`<meta name="status" content="410"><a href="${target}">x</a>`).kind, 'linked');
    assert.equal(read(`<template>${gone}</template><a href="${target}">x</a>`).kind, 'linked');
  });
});

suite('other types', () => {
  test('given JSON, then a value counts, whole and not a key', () => {
    const json = 'application/json';
    assert.equal(isLinked(JSON.stringify({ a: [{ b: target }] }), json), true);
    assert.equal(isLinked(JSON.stringify(target), json), true);
    assert.equal(isLinked(`{"a":"${target.replaceAll('/', '\\/')}"}`, 'application/activity+json'), true);
    assert.equal(isLinked(JSON.stringify({ [target]: 1 }), json), false);
    assert.equal(isLinked(JSON.stringify({ a: `see ${target}` }), json), false);
    assert.equal(isLinked(`{"a":"${target}"`, json), false);
    assert.equal(isLinked(`${'['.repeat(200_000)}`, json), false);
  });

  test('given text, then the target counts where white space, quotes, brackets or the ends delimit it', () => {
    const plain = 'text/plain';
    for (const text of [
      target,
      `see ${target}\n`,
      `"${target}"`,
      `(${target})`,
      `<${target}>`,
      `[1](${target})`,
    ])
      assert.equal(isLinked(text, plain), true, text);
    for (const text of [`${target}.`, `${target}x`, `x${target}`, `${target}/a`, ''])
      assert.equal(isLinked(text, plain), false, text);
    assert.equal(isLinked('(https://t.example/S(05)1)', plain, 'https://t.example/S(05)1'), true);
    assert.equal(isLinked(`${target}x ${target}`, plain), true);
  });

  test('given another type, then nobody looks; given none, then the text decides', () => {
    assert.deepEqual(read(`<a href="${target}">`, 'image/svg+xml'), { kind: 'unsupported_type' });
    assert.deepEqual(read(target, 'application/pdf'), { kind: 'unsupported_type' });
    assert.equal(isLinked(`<a href="${target}">x</a>`, 'application/xhtml+xml'), true);
    assert.equal(isLinked(`\n<!doctype html><p>${target}</p>`, ''), false);
    assert.equal(isLinked(`see ${target}`, ''), true);
  });
});

suite('hostile pages', () => {
  const MiB = 1024 * 1024;
  const filled = (unit: string) => unit.repeat(MiB / unit.length);
  let attributes = '<a';
  for (let n = 0; attributes.length < MiB; n += 1) attributes += ` a${n.toString(36)}`;
  const formatting = Array.from({ length: 500 }, (_, n) => `<b a${n}>`).join('');
  const pages: Record<string, string> = {
    'a tag with 200,000 attributes': `${attributes}>`,
    'elements nested as deep as they go': filled('<div>'),
    'formatting that is opened anew in each paragraph': `<p>${formatting}</p>${'<p>x</p>'.repeat(100_000)}`,
    'tables in tables': filled('<table><tr><td>'),
    'what is fostered out of a table': `<table>${filled('x<b>')}`,
    'tags that never end': filled('<a href="'),
    'comments that never end': filled('<!--'),
    'templates in templates': filled('<template>'),
    'links without an end': filled(`<a href=${target}>`),
    'entries in entries': `${'<div class=h-entry>'.repeat(900)}${filled(`<a href=${target} class=u-like-of>x</a>`)}`,
    'a class of 100,000 names': `<a href=${target} class="${filled('h-entry ')}">`,
  };
  for (const [name, page] of Object.entries(pages)) {
    test(`given ${name}, then reading ends, with an answer`, () => {
      assert.ok(['linked', 'no_link', 'unreadable'].includes(read(page).kind));
    });
  }

  test('given any text of any type, then reading answers', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<a href=',
        '">',
        '</a>',
        '<template>',
        '</template>',
        '<table>',
        '<p>',
        '<b>',
        '</b>',
        '<!--',
        '-->',
        '<svg>',
        '<base href=',
        ' class="h-entry u-like-of p-author dt-published"',
        '<meta http-equiv=status content=',
        '&#x0;',
        '\u0000',
        target,
      ),
      fc.string({ unit: 'binary' }),
    );
    const body = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
    const types = fc.constantFrom('text/html', 'application/json', 'text/plain', 'text/html;charset=x', '');
    fc.assert(
      fc.property(body, types, (text, type) => {
        const reading = read(text, type);
        if (reading.kind !== 'linked') return;
        const { title, author } = reading.mention;
        for (const one of [title, author]) if (one !== null) assert.match(one, /^\P{Cc}+$/u);
      }),
    );
  });

  test('given any bytes, then reading answers', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        readSource({ bytes, contentType: 'text/html', url, target });
      }),
    );
  });

  test('given a link anywhere among text that is no markup, then it is found', () => {
    const filler = fc.string().map((text) => text.replaceAll(/[<&]/g, ''));
    fc.assert(
      fc.property(filler, filler, (before, after) => {
        assert.equal(isLinked(`<p>${before}<a href="${target}">x</a>${after}`), true);
      }),
    );
  });
});
