import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createXmlReader, type XmlElement } from '../../platform/xml/index.ts';
import { compileCountryXpath } from './country-xpath.ts';

function contextObject(): XmlElement {
  const units: XmlElement[] = [];
  const reader = createXmlReader({ isUnit: () => true, onUnit: (unit) => units.push(unit) });
  reader.write(
    Buffer.from(
      `<c:context-object xmlns:c="info:ofi/fmt:xml:xsd:ctx"><c:requester><m><geo/></m><m><geo code="nl"> DE </geo></m></c:requester></c:context-object>`,
    ),
  );
  reader.end();
  assert.ok(units[0]);
  return units[0];
}

const paths: [path: string, found: string | null][] = [
  ['requester/m/geo', 'DE'],
  ['./requester/m/geo', 'DE'],
  ['x:requester/m/geo/text()', 'DE'],
  ['/context-object/requester/m/geo', 'DE'],
  ['//context-object/requester/m/geo', 'DE'],
  ['/*/requester/*/geo', 'DE'],
  ['//geo', 'DE'],
  ['.//geo/@code', 'nl'],
  ['requester//geo/@code', 'nl'],
  ['requester/geo', null],
  ['//geo/@name', null],
];

for (const [path, found] of paths) {
  test(`given the path ${path}, when evaluated, then it finds ${found}`, () => {
    const finder = compileCountryXpath(path);
    assert.ok(typeof finder === 'function', JSON.stringify(finder));
    assert.equal(finder(contextObject()), found);
  });
}

for (const path of [
  '',
  '/',
  '//',
  '/geo',
  'requester[1]/geo',
  'count(//geo)',
  '../geo',
  'child::geo',
  'a|b',
  '@code/geo',
  'text()/a',
  'a//text()',
  'a/',
  '//a//b//c',
]) {
  test(`given the path ${JSON.stringify(path)}, when compiled, then it is refused with a reason`, () => {
    const refused = compileCountryXpath(path);
    assert.ok('fault' in refused);
    assert.match(refused.fault, /^country_xpath .*: \S/);
  });
}
