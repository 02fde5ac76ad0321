import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { holdsFewAddresses, pseudonymiser, type Requester, saltDays } from './pseudonyms.ts';

const saltOf = (day: string) => Buffer.from(day.padEnd(32, '.'));
const make = (event: Requester, identity = 'one') => pseudonymiser(saltOf)(event, identity);

function event(part: Partial<Requester> & { at?: string } = {}): Requester {
  const { at = '2024-06-30T10:20:00Z', ...rest } = part;
  return {
    time: Date.parse(at),
    url: 'http://repository.example/1/paper.pdf',
    user: null,
    cookie: null,
    session: null,
    address: '118.94.150.7',
    hashedAddress: null,
    userAgent: 'Browser/1',
    ...rest,
  };
}

const sameClick = (a: Requester, b: Requester) => make(a, 'one').click === make(b, 'two').click;
const sameSession = (a: Requester, b: Requester) => make(a, 'one').session === make(b, 'two').session;

test('given two events of one address and user agent in one hour, then click and session are the same', () => {
  const [first, second] = [event(), event({ at: '2024-06-30T10:59:59.999Z' })];
  assert.equal(sameClick(first, second), true);
  assert.equal(sameSession(first, second), true);
});

test('given the next hour, then the click is the same (chains run over hours) and the session another', () => {
  const [first, second] = [event(), event({ at: '2024-06-30T11:00:00Z' })];
  assert.equal(sameClick(first, second), true);
  assert.equal(sameSession(first, second), false);
});

test('given another URL, user agent or address, then the click is another; a fragment makes none', () => {
  for (const part of [
    { url: 'http://repository.example/1/paper.html' },
    { url: null },
    { userAgent: 'Browser/2' },
    { address: '118.94.150.8' },
  ]) {
    assert.equal(sameClick(event(), event(part)), false, JSON.stringify(part));
  }
  assert.equal(sameClick(event(), event({ url: 'http://repository.example/1/paper.pdf#page=2' })), true);
});

test('given another URL, then the session is the same (PDF, HTML and page of one visit)', () => {
  assert.equal(sameSession(event(), event({ url: 'http://repository.example/1' })), true);
});

test('given an absent and an empty user agent, then both are the same who', () => {
  assert.equal(sameClick(event({ userAgent: null }), event({ userAgent: '' })), true);
});

test('given user, cookie, session and address, then who is the first of them that is there', () => {
  const all = { user: 'u', cookie: 'c', session: 's' };
  assert.equal(sameClick(event(all), event({ ...all, cookie: 'd', session: 't', address: '1.1.1.1' })), true);
  assert.equal(sameClick(event(all), event({ ...all, user: 'v' })), false);
  assert.equal(sameClick(event({ ...all, user: null }), event({ cookie: 'c', address: null })), true);
  assert.equal(sameClick(event({ session: 's' }), event({ session: 's', userAgent: 'other' })), true);
  assert.equal(sameClick(event({ user: 'x' }), event({ cookie: 'x' })), false);
  assert.equal(sameClick(event({ cookie: 'x' }), event({ session: 'x' })), false);
});

test('given a session id, then it is the session all day, whoever the user is; user and cookie last an hour', () => {
  const later = { at: '2024-06-30T23:00:00Z' };
  assert.equal(sameSession(event({ session: 's' }), event({ session: 's', user: 'u', ...later })), true);
  assert.equal(
    sameSession(event({ session: 's' }), event({ session: 's', at: '2024-07-01T10:20:00Z' })),
    false,
  );
  assert.equal(sameSession(event({ user: 'u' }), event({ user: 'u', address: null, cookie: 'c' })), true);
  assert.equal(sameSession(event({ user: 'u' }), event({ user: 'u', ...later })), false);
  assert.equal(sameSession(event({ cookie: 'c' }), event({ cookie: 'c', ...later })), false);
  assert.equal(sameSession(event({ cookie: 'c' }), event({ cookie: 'c', userAgent: 'other' })), true);
});

test('given no user, cookie, session or address, then each event is its own, the same event always the same', () => {
  const nobody = event({ address: null });
  assert.equal(sameClick(nobody, nobody), false);
  assert.equal(sameSession(nobody, nobody), false);
  assert.deepEqual(make(nobody, 'one'), make(nobody, 'one'));
  assert.equal(sameClick(event({ user: '', address: '' }), event({ user: '', address: '' })), false);
});

test('given an address hashed by its sender, then it is who made the event, with the user agent', () => {
  const hashed = { address: null, hashedAddress: 'd41d8cd98f00b204e9800998ecf8427e' };
  assert.equal(sameClick(event(hashed), event(hashed)), true);
  assert.equal(sameClick(event(hashed), event({ ...hashed, userAgent: 'Browser/2' })), false);
  assert.equal(sameClick(event(hashed), event({ address: null, hashedAddress: 'D41D' })), false);
});

test('given two spellings of one IPv6 address, then they are one requester', () => {
  const [short, long] = [event({ address: '2001:db8::1' }), event({ address: '2001:0DB8:0:0:0:0:0:1' })];
  assert.equal(sameClick(short, long), true);
  assert.equal(sameClick(event({ address: '::ffff:118.94.150.7' }), event()), true);
});

test('given an event of the first 30 s of a day, then it also carries the key of the day before; else none', () => {
  const before = event({ at: '2024-06-30T23:59:59.999Z' });
  const inTime = event({ at: '2024-07-01T00:00:29.999Z' });
  assert.equal(make(inTime).clickPrevious, make(before).click);
  assert.notEqual(make(inTime).click, make(before).click);
  assert.equal(make(event({ at: '2024-07-01T00:00:00Z' })).clickPrevious, make(before).click);
  assert.equal(make(event({ at: '2024-07-01T00:00:30.001Z' })).clickPrevious, null);
  assert.equal(make(before).clickPrevious, null);
});

test('given a time, then saltDays names exactly the days whose salts are asked for', () => {
  for (const at of [
    '2024-07-01T00:00:10Z',
    '2024-07-01T00:01:00Z',
    '2024-06-30T23:59:59Z',
    '1969-12-31T23:00:00Z',
  ]) {
    const asked: string[] = [];
    pseudonymiser((day) => {
      asked.push(day);
      return saltOf(day);
    })(event({ at }), 'one');
    assert.deepEqual(asked, [...saltDays([Date.parse(at)])]);
  }
  assert.deepEqual([...saltDays([Date.parse('2024-03-01T00:00:30Z')])], ['2024-03-01', '2024-02-29']);
});

test('given another salt, then every pseudonym is another, and click and session never coincide', () => {
  const other = pseudonymiser(() => Buffer.alloc(32, 1))(event(), 'one');
  const ours = make(event());
  assert.notEqual(other.click, ours.click);
  assert.notEqual(other.session, ours.session);
  assert.notEqual(ours.click, ours.session);
});

test('property: texts that run into each other never give the same key', () => {
  const text = fc.string({ maxLength: 3 });
  fc.assert(
    fc.property(text, text, text, text, (a, b, c, d) => {
      fc.pre(a !== '' && c !== '' && !a.includes(':') && !c.includes(':'));
      const same = a === c && b === d;
      assert.equal(sameClick(event({ address: a, userAgent: b }), event({ address: c, userAgent: d })), same);
    }),
  );
});

test('given fewer than ten different addresses, then the delivery holds few; repeats do not make it more', () => {
  const addresses = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ address: `118.94.150.${n}`, hashedAddress: null }));
  assert.equal(holdsFewAddresses([]), true);
  assert.equal(
    holdsFewAddresses([...addresses(9), ...addresses(9), { address: null, hashedAddress: null }]),
    true,
  );
  assert.equal(holdsFewAddresses(addresses(10)), false);
  assert.equal(holdsFewAddresses([...addresses(9), { address: null, hashedAddress: 'abc' }]), false);
});
