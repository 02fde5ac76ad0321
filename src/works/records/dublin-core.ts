import type { XmlElement } from '../../platform/xml/index.ts';
import { dataTypeOf } from './data-type.ts';
import type { Description } from './description.ts';
import { textsIn } from './elements.ts';
import { readIdentity } from './identity.ts';
import { inDublinCore } from './namespaces.ts';
import { earliestDate } from './publication-date.ts';

/** Endings of the addresses that repositories (EPrints foremost) put into `dc:identifier` for the file rather than its page. */
const FILE_ENDING =
  /\.(?:pdf|docx?|odt|rtf|epub|ps|txt|xlsx?|csv|pptx?|zip|gz|tar|jpe?g|png|tiff?|mp[34]|wav|avi|mov)$/i;

/**
 * Reads `oai_dc`: first `dc:title`, every `dc:creator` as it is, earliest `dc:date`, first `dc:publisher`
 * (specification `usage` §5.4). Only `dc:identifier` is identity: never `dc:relation` or `dc:source` (§5.2).
 */
export function readDublinCore(dc: XmlElement): Description {
  const texts = (name: string) => textsIn(dc, inDublinCore, name);
  const statements = texts('identifier').map((text) => ({ text, kind: addressKind(text) }));
  return {
    ...readIdentity(statements),
    title: texts('title')[0] ?? null,
    type: dataTypeOf(texts('type')),
    date: earliestDate(texts('date')),
    publisher: texts('publisher')[0] ?? null,
    authors: texts('creator').map((name) => ({ name, ids: [] })),
    partners: [],
    parent: null,
  };
}

function addressKind(text: string): 'page' | 'file' {
  if (!/^https?:/i.test(text)) return 'page';
  return FILE_ENDING.test(text.replace(/[?#].*$/s, '')) ? 'file' : 'page';
}
