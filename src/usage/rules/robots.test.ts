import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseRobotsList } from './robots.ts';

const bundled = readFileSync(new URL('./robots-list.txt', import.meta.url), 'utf8');

function listOf(text: string) {
  const result = parseRobotsList(text);
  assert.ok(result.ok, result.ok ? '' : result.reason);
  return result.list;
}

function reasonOf(text: string): string {
  const result = parseRobotsList(text);
  assert.ok(!result.ok);
  return result.reason;
}

test('given the bundled list, when it is parsed, then it has the 327 patterns of 2024-04-22 and its own digest', () => {
  const list = listOf(bundled);
  assert.equal(list.patterns, 327);
  assert.equal(list.sha256, createHash('sha256').update(bundled).digest('hex'));
});

test('given the bundled list, when user agents are asked, then case does not matter and null is not empty', () => {
  const { isRobot } = listOf(bundled);
  assert.equal(isRobot('Mozilla/5.0 (compatible; GoogleBOT/2.1; +http://www.google.com/bot.html)'), true);
  assert.equal(isRobot('SomeSPIDER/1'), true);
  assert.equal(isRobot('Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'), false);
  assert.equal(isRobot(''), true);
  assert.equal(isRobot('-'), true);
  assert.equal(isRobot(null), false);
});

test('given the same patterns as JSON and as text with comments and blank lines, then the verdicts are the same', () => {
  const json = listOf('[{"pattern":"^Wget\\\\/\\\\d","last_changed":"2020-01-01"},{"pattern":"my ?bot"}]');
  const text = listOf('# ours\r\n^Wget\\/\\d\r\n\r\n   \r\nmy ?bot\r\n');
  for (const list of [json, text]) {
    assert.equal(list.patterns, 2);
    assert.deepEqual(['wget/1', 'a Wget/1', 'MyBot', 'my  bot', ''].map(list.isRobot), [
      true,
      false,
      true,
      false,
      false,
    ]);
  }
});

test('given a text list that begins with a character class or a byte order mark, then it is read as text', () => {
  assert.equal(listOf('[^a]fish\nbot').patterns, 2);
  assert.equal(listOf('\uFEFF^bot').isRobot('bot'), true);
  assert.equal(listOf('\\#robot').isRobot('a #robot'), true);
});

test('given an empty JSON array, then nobody is a robot; given empty text, then it is refused', () => {
  assert.equal(listOf('[]').isRobot('Googlebot'), false);
  assert.match(reasonOf('\n# nothing\n'), /no pattern/);
});

test('given a pattern that does not compile, then the failure names it and its place', () => {
  assert.match(
    reasonOf('bot\n(spider\n'),
    /^pattern 2 \(\(spider\) does not compile: .*[Uu]nterminated group/,
  );
  assert.match(reasonOf('[{"pattern":"a"},{"pattern":"*b"}]'), /^pattern 2 \(\*b\) does not compile/);
  assert.match(reasonOf('[{"pattern":""}]'), /^pattern 1 \(\) is empty/);
  assert.match(reasonOf('bot\n(a+)+$'), /^pattern 2 \(\(a\+\)\+\$\) repeats a repetition/);
});

test('given JSON that is broken or of another form, then the failure says so', () => {
  assert.match(reasonOf('[{"pattern":"a"},'), /not valid JSON/);
  assert.match(reasonOf('[{"pattern":"a"},{"regex":"b"}]'), /entry 2/);
  assert.match(reasonOf('[{"pattern":"a"},null]'), /entry 2/);
  assert.match(reasonOf('{"pattern":"a"}'), /neither/);
  assert.match(reasonOf('<!DOCTYPE html><p>Not found'), /neither/);
});

test('given patterns with back references and names, when combined, then each keeps its own groups', () => {
  const list = listOf('(x)(y)\n^(a|b)-\\1$\n(?<n>q)\\k<n>\n(?<n>z)\\k<n>');
  assert.deepEqual(['a-a', 'a-b', 'qq', 'zz', 'qz', 'xy'].map(list.isRobot), [
    true,
    false,
    true,
    true,
    false,
    true,
  ]);
});

test('given a user agent of more than 2,000 characters, then only its beginning is looked at', () => {
  const { isRobot } = listOf('bot');
  assert.equal(isRobot(`${'x'.repeat(1_997)}bot`), true);
  assert.equal(isRobot(`${'x'.repeat(2_000)}bot`), false);
});

test('property: the combined expressions give the verdict of the patterns one by one', () => {
  const patterns = bundled.split('\n').filter((line) => line && !line.startsWith('#'));
  const one = patterns.map((pattern) => new RegExp(pattern, 'i'));
  const { isRobot } = listOf(bundled);
  const likePattern = fc.constantFrom(...patterns).map((pattern) => pattern.replace(/[\\^$]/g, ''));
  const agent = fc
    .array(fc.oneof(likePattern, fc.string({ maxLength: 6 }), fc.constantFrom('Mozilla/5.0 ', '(', ' ')), {
      maxLength: 3,
    })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(agent, (userAgent) => {
      assert.equal(
        isRobot(userAgent),
        one.some((expression) => expression.test(userAgent)),
      );
    }),
    { numRuns: 500 },
  );
});
