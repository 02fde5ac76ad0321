import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repeatsARepetition } from './catastrophic-pattern.ts';

test('given a repetition around a repetition, then it is seen', () => {
  for (const pattern of [
    '(a+)+',
    '(?:a*b)*',
    '((ab+)c)+',
    '(a{2,})+$',
    '(a+){3,}',
    '([a-z]+\\s)*x',
    '(a+)+?',
  ]) {
    assert.equal(repeatsARepetition(pattern), true, pattern);
  }
});

test('given repetitions beside each other, bounded, escaped or in a class, then nothing is seen', () => {
  for (const pattern of [
    'a+b*',
    '(a+)b+',
    '(\\s|\\+)+',
    '([+*)])+',
    '(a+){2}',
    '(a+)?',
    '(\\(+)',
    '(a\\+)+',
    '[(a+)]+',
  ]) {
    assert.equal(repeatsARepetition(pattern), false, pattern);
  }
});
