import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRequester } from './requester.ts';

const MD5 = 'c06f0464f37249a0a9f848d4b823ef2a';
const cases: [text: string, kind: 'address' | 'hash' | null, value?: string][] = [
  [MD5, 'hash', MD5],
  [`data:,${MD5}`, 'hash', MD5],
  [`data:,${MD5.toUpperCase()}`, 'hash', MD5],
  [`${MD5}${MD5}`, 'hash', `${MD5}${MD5}`],
  ['data:,118.94.150.0', 'address', '118.94.150.0'],
  ['118.94.150.17', 'address', '118.94.150.17'],
  ['118.94.150', 'address', '118.94.150'],
  ['118.94.150.x', 'address', '118.94.150.x'],
  ['11.222.333.130', 'address', '11.222.333.130'],
  ['urn:ip:118.94.150.17', 'address', '118.94.150.17'],
  ['2001:db8::1', 'address', '2001:db8::1'],
  ['urn:ip:2001:db8::1', 'address', '2001:db8::1'],
  ['data:,2001%3Adb8%3A%3A1', 'address', '2001:db8::1'],
  ['[2001:db8::1]', 'address', '2001:db8::1'],
  ['reader-17', 'hash', 'reader-17'],
  ['data:,', null],
  ['  ', null],
];

for (const [text, kind, value] of cases) {
  test(`given the requester ${JSON.stringify(text)}, when read, then it is ${kind ?? 'nobody'}`, () => {
    assert.deepEqual(readRequester(text), kind === null ? null : { kind, text: value });
  });
}
