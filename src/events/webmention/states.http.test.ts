import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { type Receiver, startReceiver } from './testing/receiver.ts';
import { type Site, startSite } from './testing/site.ts';

const target = 'https://doi.org/10.5555/known';
const link = `<a href="${target}">x</a>`;

let receiver: Receiver;
let site: Site;
let pages = 0;

before(async () => {
  receiver = await startReceiver();
  site = await startSite();
});
after(async () => {
  await receiver.stop();
  site.stop();
});

const newPath = () => `/page-${++pages}`;

/** A mention that was accepted; its page may be changed then. */
async function accepted(html = link) {
  const path = newPath();
  const source = site.page(path, html);
  const status = await receiver.verified(source, target);
  assert.equal(status.status, 'accepted');
  return { path, source, event: status.event ?? '', again: () => receiver.verified(source, target) };
}

const eventOf = (id: string | null) => receiver.evidence.events.get(id ?? '');

suite('a mention for the first time', () => {
  test('given a page with the link, then it is accepted, its response kept and its event added', async () => {
    const source = site.page(
      newPath(),
      `<title>Page</title><div class="h-entry"><a class="p-author h-card">Asha Verne</a><a class="u-like-of" href="${target}">x</a>
       <time class="dt-published" datetime="2026-03-04T05:06:07+02:00">x</time></div>`,
    );
    const status = await receiver.verified(`${source}#part`, target);
    assert.deepEqual(
      [status.status, status.reason, status.checks, status.relation_type_id],
      ['accepted', null, 1, 'likes'],
    );
    const event = eventOf(status.event);
    assert.equal(event?.live, true);
    assert.deepEqual(event?.said, [
      {
        uuid: status.event,
        source_id: 'webmention',
        subj_id: `${source}#part`,
        obj_id: target,
        relation_type_id: 'likes',
        occurred_at: '2026-03-04T03:06:07Z',
        provenance_url: `${source}#part`,
        subj: {
          URL: `${source}#part`,
          title: 'Page',
          author: [{ literal: 'Asha Verne' }],
          issued: '2026-03-04T03:06:07Z',
        },
        obj: {},
      },
    ]);
    const response = receiver.evidence.responses.at(-1);
    assert.deepEqual([response?.status, response?.contentType], [200, 'text/html']);
  });

  test('given a page without the link, then it is rejected', async () => {
    const status = await receiver.verified(site.page(newPath(), `<p>${target}</p>`), target);
    assert.deepEqual(
      [status.status, status.reason, status.event, status.relation_type_id],
      ['rejected', 'no_link', null, null],
    );
  });

  test('given 410, or a page that says so, then it is rejected', async () => {
    const gone = await receiver.verified(site.page(newPath(), link, 410), target);
    assert.deepEqual([gone.status, gone.reason], ['rejected', 'gone']);
    const meta = `<meta http-equiv="status" content="410 Gone">${link}`;
    const says = await receiver.verified(site.page(newPath(), meta), target);
    assert.deepEqual([says.status, says.reason], ['rejected', 'gone']);
  });

  test('given 404 or another 4xx, then it is rejected and not looked at again', async () => {
    for (const code of [404, 403, 429]) {
      const status = await receiver.verified(site.page(newPath(), link, code), target);
      assert.deepEqual([status.status, status.reason], ['rejected', `http_${code}`]);
      assert.equal(await receiver.runPlanned(status.id), null);
    }
  });

  test('given 500, then 410, then it waits for a minute and is rejected', async () => {
    const path = newPath();
    const { id, location, ...first } = await receiver.verified(site.page(path, link, 500), target);
    assert.deepEqual([first.status, first.reason], ['queued', 'http_500']);
    site.page(path, link, 410);
    assert.equal(await receiver.runPlanned(id), 1);
    const second = await checked(location, 2);
    assert.deepEqual([second.status, second.reason], ['rejected', 'gone']);
  });

  test('given an outage that goes on, then it is looked at after 1, 10 and 60 minutes and rejected; asked for again, all begins anew', async () => {
    const path = newPath();
    const source = site.page(path, link, 503);
    const { id, location } = await receiver.verified(source, target);
    const waits = [];
    for (let checks = 2; checks <= 4; checks += 1) {
      waits.push(await receiver.runPlanned(id));
      const status = await checked(location, checks);
      assert.deepEqual([status.status, status.reason], [checks < 4 ? 'queued' : 'rejected', 'http_503']);
    }
    assert.deepEqual(waits, [1, 10, 60]);
    assert.equal(await receiver.runPlanned(id), null);
    assert.deepEqual([(await receiver.verified(source, target)).status], ['queued']);
    assert.equal(await receiver.runPlanned(id), 1);
    await checked(location, 6);
  });

  test('given a host that is not there, cuts the line, or has no name, then it waits', async () => {
    const cut = site.answers(newPath(), (request) => request.socket.destroy());
    assert.deepEqual(await statusAndReason(cut), ['queued', 'connection']);
    const half = site.answers(newPath(), (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': 1000 });
      response.write(link);
      setImmediate(() => response.destroy());
    });
    assert.deepEqual(await statusAndReason(half), ['queued', 'connection']);
    assert.deepEqual(await statusAndReason('http://nobody.example/'), ['queued', 'dns']);
    const closed = await freePort();
    assert.deepEqual(await statusAndReason(`http://127.0.0.1:${closed}/`), ['queued', 'connection']);
    assert.deepEqual(await statusAndReason(`https://127.0.0.1:${site.port}/`), ['queued', 'tls']);
  });

  test('given a page that drips, then it is given up after five seconds', async () => {
    const source = site.answers(newPath(), (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const drip = setInterval(() => response.write('<p>'), 50);
      response.once('close', () => clearInterval(drip));
    });
    assert.deepEqual(await statusAndReason(source), ['queued', 'timeout']);
  });

  test('given a page of more than 1 MiB, then its first MiB is read', async () => {
    const filler = `<p>${'x'.repeat(1024)}</p>`.repeat(1_024);
    assert.deepEqual(await statusAndReason(site.page(newPath(), link + filler)), ['accepted', null]);
    assert.deepEqual(await statusAndReason(site.page(newPath(), filler + link)), ['rejected', 'no_link']);
    assert.equal(receiver.evidence.responses.at(-1)?.bytes.length, 1024 * 1024);
  });

  test('given ten redirects, then they are followed, and links resolved where they end; eleven, or a circle, are refused', async () => {
    const redirect = (path: string, to: string) =>
      site.answers(path, (_request, response) => response.writeHead(302, { location: to }).end());
    const base = newPath();
    for (let n = 0; n < 11; n += 1) redirect(`${base}/${n}`, `${base}/${n + 1}`);
    site.page(`${base}/11`, link);
    assert.deepEqual(await statusAndReason(`${site.url}${base}/1`), ['accepted', null]);
    assert.deepEqual(await statusAndReason(`${site.url}${base}/0`), ['rejected', 'too_many_redirects']);
    redirect(`${base}/a`, `${base}/b`);
    const circle = redirect(`${base}/b`, `${base}/a`);
    assert.deepEqual(await statusAndReason(circle), ['rejected', 'too_many_redirects']);
  });

  test('given a private address, at once, by name, or at the second hop, then it is refused and nothing of the host is told', async () => {
    const hops = [
      'http://10.1.2.3/secret',
      'http://inner.example/secret',
      'http://0x0a.1/x',
      'http://[::ffff:10.1.2.3]/',
    ];
    for (const hop of [...hops, 'http://127.0.0.1:22/', 'ftp://e.example/', 'http://user:pass@e.example/']) {
      const source = site.answers(newPath(), (_request, response) =>
        response.writeHead(302, { location: hop }).end(),
      );
      const { location, status, reason } = await receiver.verified(source, target);
      assert.deepEqual([status, reason], ['rejected', 'address_not_allowed'], hop);
      const shown = await (await fetch(receiver.url + location)).text();
      assert.doesNotMatch(shown, /10\.1|inner|secret|:22\b|user/);
    }
    assert.deepEqual(await statusAndReason('http://inner.example/secret'), [
      'rejected',
      'address_not_allowed',
    ]);
  });

  test('given a page nobody can read, or of a type in which nobody looks, then it is rejected', async () => {
    const deep = '<div>'.repeat(2_000) + link;
    assert.deepEqual(await statusAndReason(site.page(newPath(), deep)), ['rejected', 'unreadable']);
    const image = site.answers(newPath(), (_request, response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end(link),
    );
    assert.deepEqual(await statusAndReason(image), ['rejected', 'unsupported_type']);
  });
});

suite('a mention that was accepted', () => {
  test('given the same page, then the event is unchanged; given another title and meaning, then it is edited', async () => {
    const { path, event, again } = await accepted(`<title>One</title>${link}`);
    await again();
    assert.equal(eventOf(event)?.said.length, 1);
    site.page(
      path,
      `<title>Two</title><div class="h-entry"><a class="u-like-of" href="${target}">x</a></div>`,
    );
    const status = await again();
    assert.deepEqual([status.event, status.relation_type_id, status.checks], [event, 'likes', 3]);
    const said = eventOf(event)?.said ?? [];
    assert.deepEqual(
      said.map((one) => [one.relation_type_id, (one.subj as { title: string }).title]),
      [
        ['references', 'One'],
        ['likes', 'Two'],
      ],
    );
    assert.equal(said[0]?.occurred_at, said[1]?.occurred_at);
  });

  test('given that the link is gone, the page is gone, or says so, then the event is deleted; with the link again it is restored', async () => {
    for (const [html, code, reason] of [
      ['<p>x</p>', 200, 'no_link'],
      [link, 410, 'gone'],
      [`<meta http-equiv="status" content="410">${link}`, 200, 'gone'],
    ] as const) {
      const { path, event, again } = await accepted();
      site.page(path, html, code);
      const status = await again();
      assert.deepEqual([status.status, status.reason, status.event], ['deleted', reason, event]);
      assert.equal(eventOf(event)?.live, false);
      // Once more changes nothing.
      assert.deepEqual([(await again()).status], ['deleted']);
      site.page(path, link);
      const restored = await again();
      assert.deepEqual([restored.status, restored.reason, restored.event], ['accepted', null, event]);
      assert.equal(eventOf(event)?.live, true);
    }
  });

  test('given 404, a circle, or a page nobody can read, then it is kept and the reason told', async () => {
    const { path, source, event, again } = await accepted();
    site.page(path, link, 404);
    const missing = await again();
    assert.deepEqual([missing.status, missing.reason, missing.event], ['accepted', 'http_404', event]);
    site.answers(path, (_request, response) => response.writeHead(302, { location: source }).end());
    const circle = await again();
    assert.deepEqual([circle.status, circle.reason], ['accepted', 'too_many_redirects']);
    site.page(path, '<div>'.repeat(2_000));
    const unreadable = await again();
    assert.deepEqual([unreadable.status, unreadable.reason], ['accepted', 'unreadable']);
    assert.equal(eventOf(event)?.live, true);
  });

  test('given an outage, then it is kept, looked at again as often as a new one, and its reason goes with it', async () => {
    const { path, event, again } = await accepted();
    site.page(path, link, 500);
    const { id, location, ...status } = await again();
    assert.deepEqual([status.status, status.reason], ['accepted', 'http_500']);
    assert.equal(eventOf(event)?.live, true);
    assert.equal(await receiver.runPlanned(id), 1);
    await checked(location, 3);
    site.page(path, link);
    assert.equal(await receiver.runPlanned(id), 10);
    const back = await checked(location, 4);
    assert.deepEqual([back.status, back.reason], ['accepted', null]);
    assert.equal(await receiver.runPlanned(id), null);
  });

  test('given that somebody else deleted the event, then it stays deleted', async () => {
    const { event, again } = await accepted();
    const kept = eventOf(event);
    if (kept !== undefined) kept.live = false;
    const status = await again();
    assert.deepEqual([status.status, status.reason], ['deleted', 'withheld']);
    // However often it is sent.
    const third = await again();
    assert.deepEqual([third.status, third.reason], ['deleted', 'withheld']);
    assert.equal(eventOf(event)?.live, false);
  });
});

suite('many at once', () => {
  test('given thirty mentions of one host, then at most four are looked at together, and all are accepted', async () => {
    const slow = await startSite();
    let waiting: (() => void)[] = [];
    const sources = Array.from({ length: 30 }, (_, n) =>
      slow.answers(`/${n}`, (_request, response) => {
        waiting.push(() => response.writeHead(200, { 'content-type': 'text/html' }).end(link));
        setTimeout(() => {
          for (const answer of waiting.splice(0)) answer();
          waiting = [];
        }, 5);
      }),
    );
    const statuses = await Promise.all(sources.map((source) => receiver.verified(source, target)));
    slow.stop();
    assert.deepEqual(new Set(statuses.map(({ status }) => status)), new Set(['accepted']));
    assert.ok(slow.mostOpen() <= 4, `${slow.mostOpen()} at once`);
  });

  test('given the same pair ten times at once, then there is one mention, one event, and it ends accepted', async () => {
    const source = site.page(newPath(), link);
    const answers = await Promise.all(Array.from({ length: 10 }, () => receiver.send(source, target)));
    const locations = new Set(answers.map((answer) => answer.headers.get('location')));
    assert.equal(locations.size, 1);
    const [location = ''] = locations;
    await until(async () => (await receiver.statusAt(location ?? '')).status === 'accepted');
    const { event } = await receiver.statusAt(location ?? '');
    assert.equal(eventOf(event)?.said.length, 1);
  });

  test('given that deposits are not applied for long, then the mention waits, and is accepted when they are', async () => {
    receiver.evidence.isStuck = true;
    const answer = await receiver.send(site.page(newPath(), link), target);
    const { id } = (await answer.json()) as { id: string };
    const location = answer.headers.get('location') ?? '';
    await until(async () => (await receiver.runPlanned(id)) !== null);
    assert.equal((await receiver.statusAt(location)).status, 'queued');
    receiver.evidence.isStuck = false;
    await until(async () => (await receiver.statusAt(location)).status === 'accepted');
    assert.equal((await receiver.statusAt(location)).checks, 1);
  });
});

async function statusAndReason(source: string): Promise<(string | null)[]> {
  const { status, reason } = await receiver.verified(source, target);
  return [status, reason];
}

async function checked(location: string, checks: number) {
  await until(async () => (await receiver.statusAt(location)).checks >= checks);
  const status = await receiver.statusAt(location);
  assert.equal(status.checks, checks);
  return status;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** A port of the loopback on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
