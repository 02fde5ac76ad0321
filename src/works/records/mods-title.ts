import type { XmlElement } from '../../platform/xml/index.ts';
import { attributeOf, childrenIn, textsIn } from './elements.ts';
import { inMods } from './namespaces.ts';

/**
 * The title of a `mods` or `relatedItem` element: its first `titleInfo` without `type`, else the first of any type
 * (specification `usage` §5.4). Null when none holds a title.
 */
export function modsTitle(element: XmlElement): string | null {
  const infos = childrenIn(element, inMods, 'titleInfo');
  const own = infos.filter((info) => attributeOf(info, 'type') === '');
  return [...own, ...infos].map(wholeTitle).find(Boolean) ?? null;
}

/** `The` + `atlas` + `a history`: nonSort, title and subTitle as a title page has them. */
function wholeTitle(info: XmlElement): string {
  const [title] = textsIn(info, inMods, 'title');
  if (title === undefined) return '';
  const article = textsIn(info, inMods, 'nonSort').map((text) => (/['’]$/.test(text) ? text : `${text} `));
  const rest = textsIn(info, inMods, 'subTitle').map((text) => `: ${text}`);
  return [...article, title, ...rest].join('');
}
