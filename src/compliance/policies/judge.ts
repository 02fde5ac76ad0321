import type { ThreeValued, Verdict } from '../record.ts';
import { criterionInWords } from './in-words.ts';
import type { Criterion, Facts, Panel, Period, Policy, Rule } from './policy.ts';

/** The verdict of a policy with every criterion it was held against; what is not known stays unknown unless the rest decides. */
export function judgePolicy(policy: Policy, facts: Facts, panel: Panel): Verdict {
  const because: Verdict['because'] = [];
  const compliant = judgeRule(policy.rule, facts, panel, because);
  for (const fact of policy.names) {
    const value = facts[fact];
    if (value === null || value === false || value === 'cannot') continue;
    because.push({
      criterion: 'permitted, but not seen taken: it decides nothing',
      met: 'unknown',
      fact,
      value,
    });
  }
  return { compliant, applies: judgePeriod(policy.applies, facts), because };
}

function judgeRule(rule: Rule, facts: Facts, panel: Panel, because: Verdict['because']): ThreeValued {
  // Every criterion is judged, also when one has decided already: the reader sees what is missing.
  if ('all' in rule) return allOf(rule.all.map((part) => judgeRule(part, facts, panel, because)));
  if ('any' in rule) return anyOf(rule.any.map((part) => judgeRule(part, facts, panel, because)));
  if ('not' in rule) return opposite(judgeRule(rule.not, facts, panel, because));
  const met = judgeCriterion(rule, facts, panel);
  because.push({ criterion: criterionInWords(rule, panel), met, fact: rule.fact, value: facts[rule.fact] });
  return met;
}

function judgeCriterion({ fact, test }: Criterion, facts: Facts, panel: Panel): ThreeValued {
  const value = facts[fact];
  if (value === null) return 'unknown';
  switch (test.kind) {
    case 'in':
      return said(test.values.includes(value));
    case 'is':
      return said(test.value === value);
    case 'exists':
      return said((value !== false) === test.wanted);
    case 'max':
      return said(typeof value === 'number' && value <= limitOf(test.limit, panel));
  }
}

export function limitOf(limit: number | Record<Panel, number>, panel: Panel): number {
  return typeof limit === 'number' ? limit : limit[panel];
}

/** An article is accepted before it is published, so the day of publication can settle what the other cannot. */
function judgePeriod(period: Period | null, facts: Facts): ThreeValued {
  if (period === null) return 'yes';
  const day = facts[period.date];
  const published = facts.published;
  if (typeof day === 'string') {
    return said((period.from === null || day >= period.from) && (period.to === null || day <= period.to));
  }
  if (period.date !== 'accepted' || typeof published !== 'string') return 'unknown';
  if (period.from !== null) return published < period.from ? 'no' : 'unknown';
  return period.to !== null && published <= period.to ? 'yes' : 'unknown';
}

const said = (is: boolean): ThreeValued => (is ? 'yes' : 'no');

function allOf(values: ThreeValued[]): ThreeValued {
  if (values.includes('no')) return 'no';
  return values.includes('unknown') ? 'unknown' : 'yes';
}

function anyOf(values: ThreeValued[]): ThreeValued {
  if (values.includes('yes')) return 'yes';
  return values.includes('unknown') ? 'unknown' : 'no';
}

function opposite(value: ThreeValued): ThreeValued {
  if (value === 'unknown') return 'unknown';
  return value === 'yes' ? 'no' : 'yes';
}
