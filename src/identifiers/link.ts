import { identifierValue, kindOf } from './identifier.ts';

/** Resolvers of national bibliography numbers by country; each knows only its own. */
const NBN_RESOLVERS: Record<string, string> = {
  at: 'https://nbn-resolving.org/',
  ch: 'https://nbn-resolving.org/',
  de: 'https://nbn-resolving.org/',
  fi: 'https://urn.fi/',
  nl: 'https://persistent-identifier.nl/',
  no: 'https://urn.nb.no/',
  se: 'https://urn.kb.se/resolve?urn=',
};

/** A link a reader can follow from a canonical id to the work; null for kinds nobody resolves. */
export function identifierUrl(canonicalId: string): string | null {
  const value = identifierValue(canonicalId);
  switch (kindOf(canonicalId)) {
    case 'url':
      return canonicalId;
    case 'doi':
      return `https://doi.org/${pathEncoded(value)}`;
    case 'hdl':
      return `https://hdl.handle.net/${pathEncoded(value)}`;
    case 'ark':
      return `https://n2t.net/ark:${pathEncoded(value)}`;
    case 'arxiv':
      return `https://arxiv.org/abs/${value}`;
    case 'pmcid':
      return `https://pmc.ncbi.nlm.nih.gov/articles/${value}`;
    case 'pmid':
      return `https://pubmed.ncbi.nlm.nih.gov/${value}`;
    case 'urn:nbn': {
      const resolver = NBN_RESOLVERS[value.slice(0, 2)];
      return resolver === undefined ? null : resolver + pathEncoded(canonicalId);
    }
    default:
      return null;
  }
}

/** Encodes what would end or change a path; `/`, `:` and parentheses stay readable. */
function pathEncoded(value: string): string {
  return encodeURI(value.toWellFormed()).replaceAll('?', '%3F').replaceAll('#', '%23');
}
