import { child, childrenOf, type XmlElement } from '../../platform/xml/index.ts';
import type { RoarEntry } from './repository.ts';

const contentOf = (element: XmlElement | undefined): string | null => {
  const text = (element?.text ?? '').trim();
  return text === '' ? null : text;
};

/** An `eprint` of ROAR's `rawlist.xml`; null when it has no number. */
export function xmlEntry(eprint: XmlElement): RoarEntry | null {
  const id = contentOf(child(eprint, 'eprintid'));
  if (id === null || !/^\d+$/.test(id)) return null;
  return {
    id: Number(id),
    one: (field) => contentOf(child(eprint, field)),
    many(field) {
      const parent = child(eprint, field);
      if (parent === undefined) return [];
      const items = childrenOf(parent, 'item');
      return (items.length > 0 ? items : [parent]).map(contentOf).filter((text) => text !== null);
    },
    items(field) {
      const parent = child(eprint, field);
      return parent === undefined
        ? []
        : childrenOf(parent, 'item').map((item) => ({ one: (name) => contentOf(child(item, name)) }));
    },
  };
}
