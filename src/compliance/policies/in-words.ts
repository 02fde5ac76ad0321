import {
  type Criterion,
  factNames,
  type Panel,
  type Policy,
  panels,
  type Rule,
  type Scalar,
} from './policy.ts';

/** The rule of a policy as a sentence for people. */
export function policyInWords({ rule, applies }: Policy): string {
  const period =
    applies === null
      ? ''
      : `; for articles ${applies.date}${applies.from === null ? '' : ` from ${applies.from}`}${applies.to === null ? '' : ` until ${applies.to}`}`;
  return `${ruleInWords(rule)}${period}`;
}

function ruleInWords(rule: Rule): string {
  if ('all' in rule) return rule.all.map(inBrackets).join(' and ');
  if ('any' in rule) return rule.any.map(inBrackets).join(' or ');
  if ('not' in rule) return `not ${inBrackets(rule.not)}`;
  return criterionInWords(rule, null);
}

function inBrackets(rule: Rule): string {
  const words = ruleInWords(rule);
  return ('all' in rule && rule.all.length > 1) || ('any' in rule && rule.any.length > 1)
    ? `(${words})`
    : words;
}

/** One criterion; with a panel, only that panel's limit. */
export function criterionInWords({ fact, test, note }: Criterion, panel: Panel | null): string {
  const words = measureInWords(factNames[fact], test, panel);
  return note === null ? words : `${words} (${note})`;
}

function measureInWords(fact: string, test: Criterion['test'], panel: Panel | null): string {
  switch (test.kind) {
    case 'in':
      return `${fact} is one of ${test.values.map(String).join(', ')}`;
    case 'is':
      return isInWords(fact, test.value);
    case 'exists':
      return `there is ${test.wanted ? '' : 'not '}${fact}`;
    case 'max':
      return `${fact} are at most ${limitInWords(test.limit, panel)}`;
  }
}

function isInWords(fact: string, value: Scalar): string {
  if (value === true) return fact;
  return value === false ? `it is not so that ${fact}` : `${fact} is ${value}`;
}

function limitInWords(limit: number | Record<Panel, number>, panel: Panel | null): string {
  if (typeof limit === 'number') return String(limit);
  if (panel !== null) return `${limit[panel]} (panel ${panel})`;
  return panels.map((one) => `${limit[one]} in panel ${one}`).join(', ');
}
