import {
  type Criterion,
  type FactName,
  factNames,
  type Panel,
  type Period,
  type Policy,
  panels,
  type Rule,
  type Scalar,
} from './policy.ts';

/** A fault of a policy file: where, as a JSON path, and what is wrong. */
export interface PolicyFault {
  path: string;
  message: string;
}

const DEEPEST = 20;
const keysOfPolicy = new Set(['id', 'title', 'url', 'applies', 'rule', 'names']);
const measures = ['in', 'is', 'max', 'exists'] as const;

/** Reads a policy file; every fault in it is named, not only the first. */
export function readPolicy(text: string): { policy: Policy } | { faults: PolicyFault[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return {
      faults: [{ path: '', message: `is not JSON: ${error instanceof Error ? error.message : error}` }],
    };
  }
  const faults: PolicyFault[] = [];
  const policy = policyOf(json, faults);
  return policy === null || faults.length > 0 ? { faults } : { policy };
}

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function policyOf(json: unknown, faults: PolicyFault[]): Policy | null {
  const say = (path: string, message: string) => void faults.push({ path, message });
  if (!isObject(json)) {
    say('', 'must be an object');
    return null;
  }
  for (const key of Object.keys(json)) {
    if (!keysOfPolicy.has(key)) say(`/${key}`, `is not known; known are ${[...keysOfPolicy].join(', ')}`);
  }
  const { id, title, url = null } = json;
  if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9.-]{0,63}$/.test(id)) {
    say(
      '/id',
      'must be 1 to 64 lower-case letters, digits, dots and hyphens, beginning with a letter or digit',
    );
  }
  if (typeof title !== 'string' || title.trim() === '') say('/title', 'must be a text');
  if (url !== null && (typeof url !== 'string' || !/^https?:\/\//.test(url) || !URL.canParse(url))) {
    say('/url', 'must be an http or https URL');
  }
  const applies = periodOf(json.applies, say);
  const names = namesOf(json.names, say);
  const rule = ruleOf(json.rule, '/rule', 0, say);
  return rule === null
    ? null
    : { id: String(id), title: String(title), url: url === null ? null : String(url), applies, rule, names };
}

type Say = (path: string, message: string) => void;

function periodOf(value: unknown, say: Say): Period | null {
  if (value === undefined) return null;
  if (!isObject(value)) {
    say('/applies', 'must be an object with date and from, to or both');
    return null;
  }
  for (const key of Object.keys(value)) {
    if (key !== 'date' && key !== 'from' && key !== 'to')
      say(`/applies/${key}`, 'is not known; known are date, from, to');
  }
  const { date, from = null, to = null } = value;
  if (date !== 'published' && date !== 'accepted') say('/applies/date', 'must be published or accepted');
  for (const [key, day] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (day !== null && !isDay(day)) say(`/applies/${key}`, 'must be a day, YYYY-MM-DD');
  }
  if (from === null && to === null) say('/applies', 'must have from, to or both');
  if (typeof from === 'string' && typeof to === 'string' && from > to) say('/applies', 'from is after to');
  return {
    date: date === 'accepted' ? 'accepted' : 'published',
    from: from === null ? null : String(from),
    to: to === null ? null : String(to),
  };
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

function namesOf(value: unknown, say: Say): FactName[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    say('/names', 'must be a list of facts');
    return [];
  }
  return value.flatMap((name, at) => factOf(name, `/names/${at}`, say) ?? []);
}

function factOf(value: unknown, path: string, say: Say): FactName | null {
  if (typeof value === 'string' && Object.hasOwn(factNames, value)) return value as FactName;
  say(path, `must be a fact: ${Object.keys(factNames).join(', ')}`);
  return null;
}

function ruleOf(value: unknown, path: string, depth: number, say: Say): Rule | null {
  if (!isObject(value)) {
    say(path, 'must be an object with all, any, not or fact');
    return null;
  }
  if (depth > DEEPEST) {
    say(path, `is nested deeper than ${DEEPEST}`);
    return null;
  }
  if ('fact' in value) return criterionOf(value, path, say);
  const keys = Object.keys(value);
  const [key = ''] = keys;
  if (keys.length !== 1 || !['all', 'any', 'not'].includes(key)) {
    say(path, 'must have exactly one of all, any, not, or a fact');
    return null;
  }
  const inner = value[key];
  if (key === 'not') {
    const rule = ruleOf(inner, `${path}/not`, depth + 1, say);
    return rule === null ? null : { not: rule };
  }
  if (!Array.isArray(inner) || inner.length === 0) {
    say(`${path}/${key}`, 'must be a list of rules with at least one in it');
    return null;
  }
  const rules = inner.map((part, at) => ruleOf(part, `${path}/${key}/${at}`, depth + 1, say));
  const whole = rules.filter((rule) => rule !== null);
  if (whole.length < rules.length) return null;
  return key === 'all' ? { all: whole } : { any: whole };
}

function criterionOf(value: Fields, path: string, say: Say): Criterion | null {
  const fact = factOf(value.fact, `${path}/fact`, say);
  for (const key of Object.keys(value)) {
    if (key !== 'fact' && key !== 'note' && !measures.includes(key as (typeof measures)[number])) {
      say(`${path}/${key}`, `is not known; known are fact, note, ${measures.join(', ')}`);
    }
  }
  const given = measures.filter((measure) => measure in value);
  const [measure] = given;
  if (given.length !== 1 || measure === undefined) {
    say(path, `must have exactly one of ${measures.join(', ')}`);
    return null;
  }
  const { note = null } = value;
  if (note !== null && typeof note !== 'string') say(`${path}/note`, 'must be a text');
  const test = testOf(measure, value[measure], `${path}/${measure}`, say);
  return fact === null || test === null ? null : { fact, test, note: note === null ? null : String(note) };
}

function testOf(
  measure: (typeof measures)[number],
  value: unknown,
  path: string,
  say: Say,
): Criterion['test'] | null {
  switch (measure) {
    case 'in':
      if (Array.isArray(value) && value.length > 0 && value.every(isScalar))
        return { kind: 'in', values: value };
      say(path, 'must be a list of texts, numbers or booleans with at least one in it');
      return null;
    case 'is':
      if (isScalar(value)) return { kind: 'is', value };
      say(path, 'must be a text, a number or a boolean');
      return null;
    case 'exists':
      if (typeof value === 'boolean') return { kind: 'exists', wanted: value };
      say(path, 'must be true or false');
      return null;
    case 'max':
      if (isNumber(value) || isByPanel(value)) return { kind: 'max', limit: value };
      say(path, 'must be a number, or an object with one number for each of the panels A, B, C, D');
      return null;
  }
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'boolean' || isNumber(value);

const isByPanel = (value: unknown): value is Record<Panel, number> =>
  isObject(value) &&
  Object.keys(value).length === panels.length &&
  panels.every((panel) => isNumber(value[panel]));
