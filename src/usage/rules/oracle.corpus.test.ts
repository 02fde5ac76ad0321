import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { countByDefinition, keptClicks, type OracleEvent } from './oracle.ts';
import { bundledRobotsList } from './robots-source.ts';

const corpus = process.env.CORPUS;
const line =
  /^(\S+) \S+ \S+ \[(\d+)\/(\w+)\/(\d+):([\d:]+) ([+-]\d\d)(\d\d)\] "(\S+) (\S+)[^"]*" (\d+) \S+ "[^"]*" "([^"]*)"$/;

interface Rule {
  match: string;
  item: string;
  kind: 'request' | 'investigation';
}

test('given the Apache log and its rules, then the definition counts 12/12/1,255/1,224 over 237 works', {
  skip: corpus ? false : 'CORPUS is not set',
}, async () => {
  const folder = `${corpus}/usage/logs`;
  const { rules } = JSON.parse(readFileSync(`${folder}/apache-rules.json`, 'utf8')) as { rules: Rule[] };
  const robots = await bundledRobotsList();
  assert.ok(robots.ok);
  const lines = new Set(readFileSync(`${folder}/apache_2015.log`, 'utf8').split('\n'));
  const events = [...lines].flatMap((text, place): OracleEvent[] => {
    const [
      ,
      address = '',
      day,
      month,
      year,
      clock,
      hours,
      minutes,
      method = '',
      path = '',
      status,
      agent = '',
    ] = line.exec(text) ?? [];
    const url = `http://www.semicomplete.com${path}`.replace(/#.*/, '');
    const rule = rules.find((candidate) => new RegExp(candidate.match).test(url));
    if (!rule || method !== 'GET' || !/200|304/.test(status ?? '')) return [];
    return [
      {
        identity: place.toString(16).padStart(8, '0'),
        work: rule.item.replace('$1', new RegExp(rule.match).exec(url)?.[1] ?? ''),
        country: 'ZZ',
        time: Date.parse(`${day} ${month} ${year} ${clock} ${hours}${minutes}`),
        kind: rule.kind,
        url,
        method,
        status: Number(status),
        excludedClass: false,
        robot: robots.list.isRobot(agent),
        user: null,
        cookie: null,
        session: null,
        address,
        hashedAddress: null,
        userAgent: agent,
      },
    ];
  });
  assert.equal(events.length, 2_642);
  assert.equal(events.filter((event) => event.robot).length, 1_068);
  assert.equal(keptClicks(events).length, 1_255);
  const sums = new Map<string, number[]>();
  for (const cell of countByDefinition(events).values()) {
    const figures = [
      cell.total_item_requests,
      cell.unique_item_requests,
      cell.total_item_investigations,
      cell.unique_item_investigations,
    ];
    for (const work of [cell.work, 'all']) {
      sums.set(
        work,
        figures.map((figure, place) => figure + (sums.get(work)?.[place] ?? 0)),
      );
    }
  }
  assert.equal(sums.size - 1, 237);
  assert.deepEqual(sums.get('all'), [12, 12, 1_255, 1_224]);
  assert.deepEqual(sums.get('page:projects/xdotool'), [0, 0, 189, 187]);
  assert.deepEqual(sums.get('page:blog/tags/puppet'), [0, 0, 102, 91]);
  assert.deepEqual(sums.get('pdf:logstash_OSCON.pdf'), [9, 9, 9, 9]);
});
