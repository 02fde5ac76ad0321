import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importsOf, pageFaults, roomFaults } from './rooms.ts';

const faults = (path: string, text: string) => roomFaults(new Map([[path, text]]));

test('given imports of every form, then each is seen, and those of packages are not', () => {
  const text = `import { a,
  b } from '../identifiers/index.ts';
import type { C } from './c.ts';
export * from './d.ts';
import './e.ts';
const f = await import('./f.ts');
import fs from 'node:fs';`;
  assert.deepEqual(importsOf('works/store.ts', text), [
    'identifiers/index.ts',
    'works/c.ts',
    'works/d.ts',
    'works/e.ts',
    'works/f.ts',
  ]);
});

test('given an import along the arrows, also over a room between, then there is no fault', () => {
  assert.deepEqual(faults('usage/store.ts', "import { x } from '../platform/database/index.ts';"), []);
  assert.deepEqual(faults('usage/store.ts', "import { x } from '../identifiers/index.ts';"), []);
  assert.deepEqual(faults('cli/main.ts', "import * as app from '../app.ts';"), []);
});

test('given an import against the arrows, then it is named', () => {
  assert.deepEqual(faults('works/service.ts', "import { x } from '../usage/index.ts';"), [
    'works/service.ts: works may not import usage',
  ]);
  assert.deepEqual(faults('client/client.ts', "import { x } from '../platform/http/index.ts';"), [
    'client/client.ts: client may not import platform/http',
  ]);
  assert.deepEqual(faults('importers/run.ts', "import { x } from '../platform/database/index.ts';"), [
    'importers/run.ts: importers may not import platform/database',
  ]);
});

test('given an import past the door of a room, then it is named, in tests too', () => {
  const text = "import { x } from '../platform/http/etag.ts';";
  const fault = (path: string) =>
    `${path}: platform/http/etag.ts is inside platform/http; import platform/http/index.ts`;
  assert.deepEqual(faults('works/routes.ts', text), [fault('works/routes.ts')]);
  assert.deepEqual(faults('works/routes.test.ts', text), [fault('works/routes.test.ts')]);
});

test('given code that is no test, then it may not import testing', () => {
  assert.deepEqual(faults('works/store.ts', "import { x } from '../testing/index.ts';"), [
    'works/store.ts: only tests import testing',
  ]);
  assert.deepEqual(faults('works/store.db.test.ts', "import { x } from '../testing/index.ts';"), []);
});

test('given a folder nobody planned, then it is named', () => {
  assert.deepEqual(faults('helpers/x.ts', ''), [
    'helpers/x.ts: src/helpers is not a room that is known here',
  ]);
});

test('given a page that imports a room of src, then it is named; its tests may', () => {
  const text = "import { x } from '../../../src/registry/index.ts';";
  const wanted =
    'web/app/pages/a.tsx: ../src/registry/index.ts is outside web/app; pages import only almanac/client';
  assert.deepEqual(pageFaults(new Map([['app/pages/a.tsx', text]])), [wanted]);
  assert.deepEqual(pageFaults(new Map([['app/pages/a.browser.test.ts', text]])), []);
  const own = "import { x } from '../parts/page.tsx';\nimport { y } from 'almanac/client';";
  assert.deepEqual(pageFaults(new Map([['app/pages/a.tsx', own]])), []);
});
