/** XML as it comes from outside: streamed, namespace-aware, without entity expansion, within limits. */
export { child, childrenOf, descendants, firstDescendant, textOf, type XmlElement } from './element.ts';
export { XmlFault } from './fault.ts';
export { DEFAULT_LIMITS, type XmlLimits } from './limits.ts';
export { readXml } from './read-xml.ts';
export { createXmlReader, type XmlReader, type XmlReaderOptions } from './reader.ts';
