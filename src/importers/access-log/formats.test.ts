import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseCombined, parseCommon } from './combined.ts';
import { parseCounter } from './counter.ts';
import { detectFormat } from './format.ts';

const COMBINED =
  '192.0.2.7 - jane [17/May/2015:10:05:03 +0200] "GET /a.pdf?x=1 HTTP/1.1" 200 12 "http://ref.example/" "Agent/1 \\"x\\""';
const COMMON = '192.0.2.7 - - [17/May/2015:10:05:03 +0200] "GET http://x.org:80/a.pdf HTTP/1.1" 304 -';
const COUNTER = [
  '2018-05-01T00:00:40-07:00',
  '192.0.2.7',
  'session',
  'cookie',
  ':guest',
  'http://x.org/a',
  'doi:10.1234/x',
  'file.csv',
  '348',
  '-',
  ...Array(9).fill('-'),
].join('\t');

test('given a combined line, when read, then every field is where it belongs', () => {
  assert.deepEqual(parseCombined(COMBINED), {
    time: Date.parse('2015-05-17T08:05:03Z'),
    address: '192.0.2.7',
    user: 'jane',
    cookie: null,
    session: null,
    method: 'GET',
    status: 200,
    target: '/a.pdf?x=1',
    referrer: 'http://ref.example/',
    userAgent: 'Agent/1 "x"',
    identifier: null,
    namesFile: false,
  });
});

test('given a common line, when read, then its absolute URL stays as written and there is no user agent', () => {
  const line = parseCommon(COMMON);
  assert.equal(line?.target, 'http://x.org:80/a.pdf');
  assert.equal(line?.status, 304);
  assert.equal(line?.user, null);
  assert.equal(line?.userAgent, null);
});

test('given a counter line, when read, then `-` and `:guest` are none', () => {
  const line = parseCounter(COUNTER);
  assert.equal(line?.time, Date.parse('2018-05-01T07:00:40Z'));
  assert.equal(line?.session, 'session');
  assert.equal(line?.cookie, 'cookie');
  assert.equal(line?.user, null);
  assert.equal(line?.userAgent, null);
  assert.equal(line?.identifier, 'doi:10.1234/x');
  assert.equal(line?.namesFile, true);
});

const wellFormed = [
  ['a request line that is only a dash', COMBINED.replace(/"GET [^"]*"/, '"-"'), null],
  ['TLS bytes sent to a plain port', COMBINED.replace(/"GET [^"]*"/, '"\\x16\\x03\\x01"'), null],
  ['no protocol (HTTP/0.9)', COMBINED.replace(' HTTP/1.1', ''), '/a.pdf?x=1'],
  ['a blank in the URL', COMBINED.replace('a.pdf', 'a b.pdf'), '/a b.pdf?x=1'],
  ['a user name with a blank', COMBINED.replace('jane', 'jane doe'), '/a.pdf?x=1'],
  ['fields after the user agent', `${COMBINED} "192.0.2.9" 0.002`, '/a.pdf?x=1'],
  ['an empty user agent', COMBINED.replace(/"[^ ]* .."x..""$/, '""'), '/a.pdf?x=1'],
] as const;
for (const [what, text, target] of wellFormed) {
  test(`given a combined line with ${what}, when read, then its target is ${target}`, () => {
    const line = parseCombined(text);
    assert.notEqual(line, null);
    assert.equal(line?.target, target);
  });
}

const malformed = [
  ['the closing quote of the user agent missing', COMBINED.slice(0, -1)],
  ['an escaped quote at its end', `${COMBINED.slice(0, -1)}\\"`],
  ['no user agent', COMBINED.slice(0, COMBINED.indexOf(' "Agent'))],
  ['a status of two digits', COMBINED.replace(' 200 ', ' 20 ')],
  ['a size in words', COMBINED.replace(' 12 ', ' big ')],
  ['a time without zone', COMBINED.replace(' +0200', '')],
  ['half of it missing', COMBINED.slice(0, 50)],
] as const;
for (const [what, text] of malformed) {
  test(`given a combined line with ${what}, when read, then it is malformed`, () => {
    assert.equal(parseCombined(text), null);
  });
}

test('given the first lines of a log, when its format is detected, then most lines decide', () => {
  assert.equal(detectFormat(['rubbish', COMBINED, COMBINED]), 'combined');
  assert.equal(detectFormat([COMMON, COMMON, COMBINED]), 'common');
  assert.equal(detectFormat(['#Version: 0.0.1', COUNTER]), 'counter');
  assert.equal(detectFormat(['#Version: 0.0.1']), 'counter');
  assert.equal(detectFormat(['rubbish']), null);
  assert.equal(detectFormat([]), null);
});

test('property: no line makes a parser throw', () => {
  const pieces = fc.constantFrom('"', '\\', ' ', '\t', '[', ']', '-', '200', COMBINED, COMMON, COUNTER);
  const lines = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 12 });
  const cuts = fc.tuple(fc.constantFrom(COMBINED, COMMON, COUNTER), fc.nat(250), fc.nat(20), fc.string());
  fc.assert(
    fc.property(lines, cuts, (parts, [line, at, gone, instead]) => {
      for (const text of [parts.join(''), line.slice(0, at) + instead + line.slice(at + gone)]) {
        parseCombined(text);
        parseCommon(text);
        parseCounter(text);
      }
    }),
  );
});

test('property: a line printed as Apache prints it is read back', () => {
  const token = fc.stringMatching(/^[!#-Z^-~]{1,20}$/).filter((text) => text !== '-');
  const free = fc.string({ maxLength: 30 }).map((text) => text.replace(/[\r\n\t\0]/g, ' '));
  const quoted = (text: string) => text.replace(/["\\]/g, '\\$&');
  fc.assert(
    fc.property(token, token, fc.integer({ min: 100, max: 999 }), free, (address, path, status, agent) => {
      const line = parseCombined(
        `${address} - - [17/May/2015:10:05:03 +0000] "GET /${path} HTTP/1.1" ${status} 1 "-" "${quoted(agent)}"`,
      );
      assert.equal(line?.address, address);
      assert.equal(line?.target, `/${path}`);
      assert.equal(line?.status, status);
      assert.equal(line?.referrer, null);
      assert.equal(line?.userAgent, agent);
    }),
  );
});
