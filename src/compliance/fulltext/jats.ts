import { createHash } from 'node:crypto';
import {
  child,
  childrenOf,
  createXmlReader,
  descendants,
  textOf,
  type XmlElement,
  XmlFault,
} from '../../platform/xml/index.ts';
import { licenceOfXml, type StatedLicence, type XmlLicence } from '../licences/licence-ladder.ts';

/** What is kept of an article's full text: never the text itself. */
export interface FullText {
  sha256: string;
  /** Whether it carries a manuscript id (§5.4). */
  manuscriptId: boolean;
  licence: XmlLicence;
}

export interface FullTextReader {
  /** Throws `XmlFault` when it is not well-formed. */
  write(chunk: Uint8Array): void;
  /** Throws `XmlFault` when the document is cut short or is no article. */
  end(): FullText;
}

const XLINK_HREF = '{http://www.w3.org/1999/xlink}href';

/**
 * Reads an article in JATS or NLM XML as it comes. Only `article/front/article-meta` counts: not sub-articles, responses or
 * related articles, nor the permissions of figures, tables and boxes (§5.3).
 */
export function createFullTextReader(): FullTextReader {
  const digest = createHash('sha256');
  let root = '';
  let meta: XmlElement | null = null;
  const reader = createXmlReader({
    isUnit: (_ns, name, path) =>
      name === 'article-meta' &&
      path.length === 2 &&
      path[0]?.name === 'article' &&
      path[1]?.name === 'front',
    onUnit: (unit) => {
      meta ??= unit;
    },
    onOpen: (element, path) => {
      if (path.length === 0) root = element.name;
    },
    skipDoctype: true,
    // Formulas of mathematics nest deep.
    limits: { depth: 1_000 },
  });
  return {
    write(chunk) {
      digest.update(chunk);
      reader.write(chunk);
    },
    end() {
      reader.end();
      if (root !== 'article') throw new XmlFault(`the document is no article but ${root}`, 1, 1);
      return {
        sha256: digest.digest('hex'),
        manuscriptId: meta !== null && hasManuscriptId(meta),
        licence: licenceOfXml(meta === null ? nothingStated : statedLicence(meta)),
      };
    },
  };
}

const nothingStated: StatedLicence = { addresses: [], types: [], texts: [], copyrightStatements: [] };

function hasManuscriptId(meta: XmlElement): boolean {
  return childrenOf(meta, 'article-id').some(
    (id) => /^manuscript(?:-id)?$/.test(id.attributes['pub-id-type'] ?? '') && textOf(id).trim() !== '',
  );
}

function statedLicence(meta: XmlElement): StatedLicence {
  // NLM 2.0 writes both elements straight into `article-meta`, without `permissions` around them.
  const permissions = childrenOf(meta, 'permissions');
  const within = permissions.length > 0 ? permissions : [meta];
  const licences = within.flatMap((around) => childrenOf(around, 'license'));
  const refs = [
    ...within.flatMap((around) => childrenOf(around, 'license_ref')),
    ...licences.flatMap((licence) => descendants(licence, 'license_ref')),
  ];
  return {
    addresses: [
      ...licences.map((licence) => licence.attributes[XLINK_HREF] ?? ''),
      ...refs.map((ref) => textOf(ref).trim()),
    ].filter((text) => text !== ''),
    types: licences.map((licence) => licence.attributes['license-type'] ?? '').filter((text) => text !== ''),
    texts: licences.map((licence) => ({ words: textOf(withoutRefs(licence)), links: linksOf(licence) })),
    copyrightStatements: [meta, ...permissions]
      .map((around) => child(around, 'copyright-statement'))
      .filter((statement) => statement !== undefined)
      .map(textOf),
  };
}

/** What is said to machines is read as an address already; it is no text. */
function withoutRefs(licence: XmlElement): XmlElement {
  return { ...licence, children: licence.children.filter(({ name }) => name !== 'license_ref') };
}

function linksOf(licence: XmlElement): string[] {
  return descendants(licence)
    .map((element) => element.attributes[XLINK_HREF] ?? '')
    .filter((href) => href !== '');
}
