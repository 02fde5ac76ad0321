import type { XmlElement } from '../../platform/xml/index.ts';
import type { Description } from './description.ts';
import { readDidl } from './didl.ts';
import { readDublinCore } from './dublin-core.ts';
import { readMods } from './mods.ts';
import { inDidl, inDublinCoreContainer, inMods } from './namespaces.ts';

/** Reads an element that is `oai_dc`, MODS or DIDL; null for any other. */
export function readMetadata(element: XmlElement): Description | null {
  return isDidl(element) ? readDidl(element, readFlat) : readFlat(element);
}

/** Whether the element is metadata that `readMetadata` knows. */
export function isMetadata(ns: string, name: string): boolean {
  return (
    (name === 'DIDL' && inDidl(ns)) ||
    (name === 'mods' && inMods(ns)) ||
    (name === 'dc' && inDublinCoreContainer(ns))
  );
}

/** Metadata that stands on its own or inside DIDL; DIDL inside DIDL is none. */
function readFlat(element: XmlElement): Description | null {
  if (!isMetadata(element.ns, element.name) || isDidl(element)) return null;
  return inMods(element.ns) ? readMods(element) : readDublinCore(element);
}

function isDidl(element: XmlElement): boolean {
  return element.name === 'DIDL' && inDidl(element.ns);
}
