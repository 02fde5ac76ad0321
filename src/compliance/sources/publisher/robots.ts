/** Rules of one robots.txt that concern us (RFC 9309). */
export type RobotsRules = { allow: boolean; path: string }[];

/** §2.5 of RFC 9309: at least this much must be read. */
export const ROBOTS_BYTES = 500 * 1024;

/** The rules for our product token, else those for `*`; groups for the same agent are one. */
export function parseRobots(text: string, product: string): RobotsRules {
  const ours: RobotsRules = [];
  const general: RobotsRules = [];
  let agents: string[] = [];
  let namedUs = false;
  let open = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, field = '', raw = ''] = /^\s*([a-z-]+)\s*:\s*([^#]*)/i.exec(line) ?? [];
    const value = raw.trim();
    const name = field.toLowerCase();
    if (name === 'user-agent') {
      if (!open) agents = [];
      open = true;
      agents.push(value.toLowerCase());
      if (value.toLowerCase() === product.toLowerCase()) namedUs = true;
    } else if (name === 'allow' || name === 'disallow') {
      open = false;
      // An empty `Disallow` forbids nothing.
      if (value === '') continue;
      const rule = { allow: name === 'allow', path: value };
      if (agents.includes(product.toLowerCase())) ours.push(rule);
      if (agents.includes('*')) general.push(rule);
    }
  }
  return namedUs ? ours : general;
}

/** The longest rule that fits decides; of two of the same length, the one that allows. */
export function mayFetch(rules: RobotsRules, url: URL): boolean {
  const target = `${url.pathname}${url.search}`;
  let decided = { allow: true, length: -1 };
  for (const { allow, path } of rules) {
    if (!fits(path, target)) continue;
    const longer = path.length > decided.length;
    if (longer || (path.length === decided.length && allow)) decided = { allow, length: path.length };
  }
  return decided.allow;
}

/** `*` stands for anything, `$` at the end for the end. Without regular expressions: the pattern is a stranger's. */
function fits(pattern: string, target: string): boolean {
  const toEnd = pattern.endsWith('$');
  const parts = (toEnd ? pattern.slice(0, -1) : pattern).split('*');
  const [first = '', ...others] = parts;
  if (!target.startsWith(first)) return false;
  let at = first.length;
  for (const [number, part] of others.entries()) {
    if (toEnd && number === others.length - 1)
      return target.length - part.length >= at && target.endsWith(part);
    const found = target.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return !toEnd || at === target.length;
}
