import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Mention } from './mention.ts';
import { readMoment } from './mention.ts';
import { readSource } from './read-source.ts';

const target = 'https://t.example/work';

function mentionIn(html: string): Mention {
  const reading = readSource({
    bytes: Buffer.from(html),
    contentType: 'text/html',
    url: 'https://blog.example/post',
    target,
  });
  if (reading.kind !== 'linked') throw new Error(`the page is ${reading.kind}`);
  return reading.mention;
}

const relationIn = (html: string) => mentionIn(html).relation;

suite('what a link means', () => {
  for (const [name, relation] of [
    ['u-like-of', 'likes'],
    ['u-bookmark-of', 'bookmarks'],
    ['u-in-reply-to', 'discusses'],
    ['u-repost-of', 'references'],
    ['u-item', 'reviews'],
    ['u-syndication', 'references'],
  ] as const) {
    test(`given an entry whose ${name} is the target, then the relation is ${relation}`, () => {
      assert.equal(
        relationIn(`<div class="h-entry"><a class="${name}" href="${target}">x</a></div>`),
        relation,
      );
    });
    test(`given an entry whose ${name} is a citation of the target, then the relation is ${relation}`, () => {
      const cited = `<div class="${name} h-cite"><a class="u-url" href="${target}">x</a></div>`;
      assert.equal(relationIn(`<div class="h-entry">${cited}</div>`), relation);
    });
  }

  test('given a plain link, in an entry or not, then the relation is references', () => {
    assert.equal(relationIn(`<a href="${target}">x</a>`), 'references');
    assert.equal(
      relationIn(`<div class="h-entry"><p class="e-content"><a href="${target}">x</a></p></div>`),
      'references',
    );
    assert.equal(relationIn(`<a class="u-like-of" href="${target}">x</a>`), 'references');
  });

  test('given an answer to an invitation, then the relation is discusses', () => {
    const reply = `<a class="u-in-reply-to" href="${target}">x</a>`;
    assert.equal(
      relationIn(`<div class="h-entry">${reply}<data class="p-rsvp" value="yes">x</data></div>`),
      'discusses',
    );
    assert.equal(
      relationIn(`<div class="h-entry"><a href="${target}">x</a> <span class="p-rsvp">no</span></div>`),
      'discusses',
    );
  });

  test('given a review, then what its item is, or its only link, is reviewed; another link is a reference', () => {
    const item = `<span class="p-item h-product"><a class="u-url p-name" href="${target}">x</a></span>`;
    assert.equal(relationIn(`<div class="h-review">${item}</div>`), 'reviews');
    assert.equal(relationIn(`<div class="h-review"><a href="${target}">x</a></div>`), 'reviews');
    assert.equal(
      relationIn(
        `<div class="h-review"><a class="u-item" href="https://e.example/">y</a><a href="${target}">x</a></div>`,
      ),
      'references',
    );
  });

  test('given a like of something else beside the link, then the relation is references', () => {
    const other = '<a class="u-like-of" href="https://e.example/">y</a>';
    assert.equal(relationIn(`<div class="h-entry">${other}<a href="${target}">x</a></div>`), 'references');
    const citing = `<div class="u-like-of h-cite"><a class="u-url" href="https://e.example/">y</a> <a href="${target}">x</a></div>`;
    assert.equal(relationIn(`<div class="h-entry">${citing}</div>`), 'references');
  });

  test('given a feed of entries, then the one that holds the link speaks; the properties of an inner entry are not those of the outer', () => {
    const feed = `<div class="h-feed"><a class="p-author h-card" href="/">Asha Verne</a>
      <div class="h-entry"><a class="u-like-of p-name" href="https://e.example/">First</a></div>
      <div class="h-entry"><b class="p-name">Second</b> <a class="u-bookmark-of" href="${target}">x</a></div></div>`;
    assert.deepEqual(mentionIn(feed), {
      relation: 'bookmarks',
      title: 'Second',
      author: 'Asha Verne',
      published: null,
    });
    const comment = `<div class="h-entry"><b class="p-name">Outer</b><div class="u-comment h-entry"><i class="p-name">Inner</i><a class="u-in-reply-to" href="${target}">x</a></div></div>`;
    assert.deepEqual([mentionIn(comment).title, mentionIn(comment).relation], ['Inner', 'discusses']);
  });

  test('given a plain link and a like of the same target, then the like speaks', () => {
    const page = `<a href="${target}">x</a><div class="h-entry"><a class="u-like-of" href="${target}">x</a></div>`;
    assert.equal(relationIn(page), 'likes');
  });
});

suite('who, what, when', () => {
  test('given an entry with name, author and date, then they are read, cleaned of line ends', () => {
    const page = `<title>Page</title><article class="h-entry"><h1 class="p-name">On
      <em>works</em></h1><a class="p-author h-card" href="/"><img class="u-photo" src="/f.png" alt=""><span class="p-name">Asha
      Verne</span></a><time class="dt-published" datetime="2026-03-04T05:06:07+02:00">x</time><a href="${target}">x</a></article>`;
    assert.deepEqual(mentionIn(page), {
      relation: 'references',
      title: 'On works',
      author: 'Asha Verne',
      published: new Date('2026-03-04T03:06:07Z'),
    });
  });

  test('given none of them, then the title of the page is taken, and no author or date', () => {
    const page = `<title> The\tpage &amp; more </title><div class="h-entry"><a href="${target}">x</a></div>`;
    assert.deepEqual(mentionIn(page), {
      relation: 'references',
      title: 'The page & more',
      author: null,
      published: null,
    });
    assert.equal(mentionIn(`<a href="${target}">x</a>`).title, null);
  });

  test('given an author as text, as a picture, or by implication, then the name is read', () => {
    const author = (markup: string) =>
      mentionIn(`<div class="h-entry">${markup}<a href="${target}">x</a></div>`).author;
    assert.equal(author('<span class="p-author">Asha Verne</span>'), 'Asha Verne');
    assert.equal(author('<img class="p-author h-card" alt="Asha Verne" src="/f.png">'), 'Asha Verne');
    assert.equal(author('<a class="u-author h-card" href="/">Asha <b>Verne</b></a>'), 'Asha Verne');
    assert.equal(author('<abbr class="p-author" title="Asha Verne">AV</abbr>'), 'Asha Verne');
    assert.equal(author('<span class="p-author"> </span>'), null);
  });

  test('given a name of 100,000 characters, then it is cut', () => {
    const long = `<div class="h-entry"><b class="p-name">${'é'.repeat(100_000)}</b><a href="${target}">x</a></div>`;
    assert.equal(mentionIn(long).title?.length, 1_000);
  });

  test('given a date in parts, then they are put together', () => {
    const parts = `<span class="dt-published"><span class="value">2026-03-04</span> at <span class="value">05:06</span><span class="value">+02:00</span></span>`;
    assert.deepEqual(
      mentionIn(`<div class="h-entry">${parts}<a href="${target}">x</a></div>`).published,
      new Date('2026-03-04T03:06:00Z'),
    );
  });

  test('given spellings of a moment, then those with a zone that exist are read', () => {
    for (const [text, at] of [
      ['2026-03-04T05:06:07Z', '2026-03-04T05:06:07.000Z'],
      ['2026-03-04 05:06-0100', '2026-03-04T06:06:00.000Z'],
      ['2026-03-04T05:06:07.5+01', '2026-03-04T04:06:07.500Z'],
      ['2026-03-04', null],
      ['2026-03-04T05:06:07', null],
      ['2026-02-31T05:06:07Z', null],
      ['2026-03-04T25:06:07Z', null],
      ['yesterday', null],
      ['', null],
    ] as const)
      assert.equal(readMoment(text)?.toISOString() ?? null, at, text);
  });
});
