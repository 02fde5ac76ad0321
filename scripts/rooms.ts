import { posix } from 'node:path';

const everything = ['*'];

/**
 * Which rooms a room may import (docs and CONTRIBUTING explain why). Arrows carry on: what a room may import,
 * so may those above it. `platform/…` are rooms too; `platform` alone means all of them.
 */
export const arrows: Record<string, string[]> = {
  platform: ['platform'],
  identifiers: [],
  accounts: ['platform'],
  evidence: ['platform', 'accounts'],
  works: ['platform', 'identifiers', 'evidence'],
  events: ['works', 'evidence'],
  usage: ['works', 'evidence'],
  registry: ['platform', 'accounts', 'identifiers'],
  compliance: ['platform', 'identifiers', 'registry'],
  exports: ['works', 'events', 'usage', 'registry'],
  client: [],
  importers: ['client', 'platform/table', 'platform/xml', 'platform/log', 'identifiers'],
  agents: ['client', 'platform/outbound', 'platform/xml', 'identifiers'],
  // `app.ts` is its door, and `late-app.ts`, which loads that when it is needed.
  composition: everything,
  'server-tests': everything,
  cli: everything,
  testing: everything,
};

/**
 * Faults of the house's plan, one line each: an import against the arrows, or one that does not go through the
 * room's `index.ts`. Tests may import any room, but through its door too.
 * @param files path below `src/`, with `/`, to text.
 */
export function roomFaults(files: ReadonlyMap<string, string>): string[] {
  const faults: string[] = [];
  for (const [path, text] of files) {
    const from = roomOf(path);
    if (!(rootOf(from) in arrows))
      faults.push(`${path}: src/${rootOf(from)} is not a room that is known here`);
    for (const target of importsOf(path, text)) {
      const to = roomOf(target);
      if (to === from || target.startsWith('..')) continue;
      if (target !== doorOf(to) && target !== lateDoor)
        faults.push(`${path}: ${target} is inside ${to}; import ${doorOf(to)}`);
      if (isTest(path)) continue;
      if (to === 'testing') faults.push(`${path}: only tests import testing`);
      else if (!mayImport(from, to)) faults.push(`${path}: ${from} may not import ${to}`);
    }
  }
  return faults;
}

/**
 * The pages know of the house only its HTTP client: whatever else they import lies in `web/app`.
 * @param files path below `web/`, with `/`, to text.
 */
export function pageFaults(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([path, text]) =>
    importsOf(path, text)
      .filter((target) => !target.startsWith('app/'))
      .filter((target) => !isTest(path) || !/^(testing|\.\.\/src)\//.test(target))
      .map((target) => `web/${path}: ${target} is outside web/app; pages import only almanac/client`),
  );
}

const isTest = (path: string) => /(\.test\.ts$)|(^|\/)testing\//.test(path);

const rootOf = (room: string) => room.split('/')[0] ?? room;

/** `platform/http/auth.ts` → `platform/http`; `works/store.ts` → `works`; `app.ts` → `composition`. */
function roomOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  if (first === 'app.ts' || first === lateDoor) return 'composition';
  return first === 'platform' ? `${first}/${second}` : first;
}

const lateDoor = 'late-app.ts';
const doorOf = (room: string) => (room === 'composition' ? 'app.ts' : `${room}/index.ts`);

function mayImport(from: string, to: string): boolean {
  return reachable(rootOf(from)).some(
    (allowed) => allowed === '*' || allowed === to || allowed === rootOf(to),
  );
}

function reachable(room: string, seen = new Set<string>()): string[] {
  for (const next of arrows[room] ?? []) {
    if (seen.has(next)) continue;
    seen.add(next);
    reachable(next, seen);
  }
  return [...seen];
}

const importing = [
  /^(?:import|export)\b[^'"`;]*?\bfrom\s+'([^']+)'/gm,
  /^import\s+'([^']+)'/gm,
  /\bimport\(\s*'([^']+)'\s*\)/g,
];

/** Files of `src/` that a file imports, as paths below `src/`. */
export function importsOf(path: string, text: string): string[] {
  return importing
    .flatMap((pattern) => [...text.matchAll(pattern)].map(([, specifier = '']) => specifier))
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.normalize(posix.join(posix.dirname(path), specifier)));
}
