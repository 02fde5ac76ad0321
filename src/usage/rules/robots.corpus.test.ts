import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseRobotsList } from './robots.ts';

const corpus = process.env.CORPUS;

test('given the COUNTER list and a real log, then the bundled list is that list and 2,241 of 9,999 agents match', {
  skip: corpus ? false : 'CORPUS is not set',
}, () => {
  const original = readFileSync(`${corpus}/usage/robots/COUNTER_Robots_list.json`, 'utf8');
  const agents = readFileSync(`${corpus}/usage/logs/apache_2015.log`, 'utf8')
    .split('\n')
    .flatMap((line) => /"([^"]*)"$/.exec(line)?.[1] ?? []);
  const patterns = (JSON.parse(original) as { pattern: string }[]).map(({ pattern }) => pattern);
  const ours = parseRobotsList(readFileSync(new URL('./robots-list.txt', import.meta.url), 'utf8'));
  const theirs = parseRobotsList(original);
  assert.ok(ours.ok && theirs.ok);
  assert.equal(ours.list.patterns, 327);
  assert.equal(agents.length, 9_999);
  assert.equal(agents.filter((agent) => ours.list.isRobot(agent)).length, 2_241);
  const oneByOne = (flags: string) => {
    const expressions = patterns.map((pattern) => new RegExp(pattern, flags));
    return agents.filter((agent) => expressions.some((expression) => expression.test(agent))).length;
  };
  assert.equal(oneByOne('i'), 2_241);
  assert.equal(oneByOne(''), 2_044);
  for (const agent of new Set(agents)) {
    const expected = patterns.some((pattern) => new RegExp(pattern, 'i').test(agent));
    assert.deepEqual([ours.list.isRobot(agent), theirs.list.isRobot(agent)], [expected, expected], agent);
  }
});
