/** What a rule says about a URL. `item` is '' when the rule has no template. */
export interface RuleMatch {
  item: string;
  kind: 'request' | 'investigation';
}

export type Rules = (url: string) => RuleMatch | null;

export type ParsedRules = { ok: true; rules: Rules } | { ok: false; message: string };

interface Rule {
  pattern: RegExp;
  /** Text and numbers of groups by turns, beginning and ending with text. */
  template: string[];
  kind: RuleMatch['kind'];
}

/**
 * Reads `{"rules":[{"match":regex,"item":template,"kind":"request"|"investigation"}]}`. The first rule that matches
 * wins; `$1…$9` in `item` are its groups. A fault names the rule (from 1) and its pattern.
 */
export function parseRules(text: string): ParsedRules {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return { ok: false, message: `is not JSON: ${error instanceof Error ? error.message : error}` };
  }
  const list = isObject(document) ? document.rules : undefined;
  if (!Array.isArray(list)) return { ok: false, message: 'must be {"rules":[…]}' };
  const rules: Rule[] = [];
  for (const [at, value] of list.entries()) {
    const rule = parseRule(value);
    if (typeof rule === 'string') return { ok: false, message: `rule ${at + 1}: ${rule}` };
    rules.push(rule);
  }
  return { ok: true, rules: (url) => firstMatch(rules, url) };
}

function parseRule(value: unknown): Rule | string {
  if (!isObject(value)) return 'must be an object with match, item and kind';
  const { match, item = '', kind } = value;
  if (typeof match !== 'string' || match === '') return 'match must be a regular expression';
  if (typeof item !== 'string') return `item must be text (match ${match})`;
  if (kind !== 'request' && kind !== 'investigation') {
    return `unknown kind ${JSON.stringify(kind) ?? '(none)'}, must be "request" or "investigation" (match ${match})`;
  }
  try {
    return { pattern: new RegExp(match), template: item.split(/\$([1-9])/), kind };
  } catch (error) {
    return `bad pattern ${match}: ${error instanceof Error ? error.message : error}`;
  }
}

function firstMatch(rules: Rule[], url: string): RuleMatch | null {
  for (const rule of rules) {
    const groups = rule.pattern.exec(url);
    if (groups === null) continue;
    let item = rule.template[0] ?? '';
    for (let at = 1; at < rule.template.length; at += 2) {
      item += (groups[Number(rule.template[at])] ?? '') + (rule.template[at + 1] ?? '');
    }
    return { item, kind: rule.kind };
  }
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
