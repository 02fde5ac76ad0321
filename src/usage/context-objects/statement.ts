import { textOf, type XmlElement } from '../../platform/xml/index.ts';

/** `context-object` and what belongs to it, whatever the prefix (ANSI/NISO Z39.88-2004, XML format). */
export const CONTEXT_OBJECT_NS = 'info:ofi/fmt:xml:xsd:ctx';

/** What a context object states, gathered in one pass and not yet judged. Texts are trimmed; absent is null. */
export interface Statement {
  identifier: string | null;
  timestamp: string | null;
  /** Direct `referent/identifier` before those inside metadata; empty ones are left out. */
  referents: string[];
  /** `requester/identifier`, then `hashed-ip`. */
  requesters: string[];
  session: string | null;
  /** Present but empty is the empty string. */
  userAgent: string | null;
  classification: string[];
  status: string | null;
  /** Candidates in the order of the specification. */
  countries: string[];
  resolver: string | null;
  service: string | null;
  referrer: string | null;
  requested: boolean;
  investigated: boolean;
  /** Some service is named, whichever. */
  served: boolean;
  /** How often each entity occurs, which the KE profile wants to be exactly one. */
  entities: { requester: number; serviceType: number; resolver: number };
}

/** Reads the dialects of specification `usage` §2.1 by local names; entities of another namespace are not looked at. */
export function readStatement(contextObject: XmlElement): Statement {
  const statement: Statement = {
    identifier: contextObject.attributes.identifier?.trim() || null,
    timestamp:
      contextObject.attributes.timestamp?.trim() || contextObject.attributes.datestamp?.trim() || null,
    referents: [],
    requesters: [],
    session: null,
    userAgent: null,
    classification: [],
    status: null,
    countries: [],
    resolver: null,
    service: null,
    referrer: null,
    requested: false,
    investigated: false,
    served: false,
    entities: { requester: 0, serviceType: 0, resolver: 0 },
  };
  const nested: string[] = [];
  const hashedAddresses: string[] = [];
  const administrationCountries: string[] = [];
  for (const entity of contextObject.children) {
    if (entity.name === 'administration') {
      readAdministration(entity, statement, administrationCountries);
      continue;
    }
    if (entity.ns !== CONTEXT_OBJECT_NS && entity.ns !== '') continue;
    switch (entity.name) {
      case 'referent':
        for (const part of entity.children) {
          if (part.name === 'identifier') push(statement.referents, part);
          else readNestedIdentifiers(part, nested);
        }
        break;
      case 'requester':
        statement.entities.requester++;
        for (const part of entity.children) {
          if (part.name === 'identifier') push(statement.requesters, part);
          else readRequesterPart(part, statement, hashedAddresses);
        }
        break;
      case 'service-type':
        statement.entities.serviceType++;
        for (const part of entity.children) readServicePart(part, statement);
        break;
      case 'resolver':
        readResolver(entity, statement);
        break;
      case 'referrer':
        for (const part of entity.children) {
          if (part.name === 'metadata-by-val') statement.userAgent ??= agentOf(part);
        }
        break;
      case 'referring-entity':
        for (const part of entity.children) {
          if (part.name === 'identifier') statement.referrer ??= part.text.trim() || null;
        }
        break;
    }
  }
  statement.referents.push(...nested);
  statement.requesters.push(...hashedAddresses);
  statement.countries.push(...administrationCountries);
  return statement;
}

function push(list: string[], element: XmlElement): void {
  const text = element.text.trim();
  if (text !== '') list.push(text);
}

/** NEEO and EPrints name the document inside its metadata; what it is part of (`relatedItem`) is another document. */
function readNestedIdentifiers(element: XmlElement, found: string[]): void {
  if (element.name === 'identifier') push(found, element);
  else if (element.name !== 'relatedItem')
    for (const part of element.children) readNestedIdentifiers(part, found);
}

function readRequesterPart(element: XmlElement, statement: Statement, hashedAddresses: string[]): void {
  switch (element.name) {
    case 'hashed-ip':
      push(hashedAddresses, element);
      return;
    case 'hashed-session':
      statement.session ??= element.text.trim() || null;
      return;
    case 'user-agent':
    case 'private-accesslog':
      statement.userAgent ??= element.text.trim();
      return;
    case 'classification':
      statement.classification.push(
        ...textOf(element)
          .toLowerCase()
          .split(/[\s,;]+/),
      );
      return;
    case 'country':
    case 'country-code':
    case 'countrycode':
    case 'spatial':
      push(statement.countries, element);
      return;
  }
  for (const part of element.children) readRequesterPart(part, statement, hashedAddresses);
}

function readAdministration(element: XmlElement, statement: Statement, countries: string[]): void {
  switch (element.name) {
    case 'status_code':
      statement.status ??= element.text.trim() || null;
      return;
    case 'service':
      statement.service ??= element.text.trim() || null;
      return;
    case 'country':
    case 'country-code':
    case 'countrycode':
    case 'spatial':
      push(countries, element);
      return;
  }
  for (const part of element.children) readAdministration(part, statement, countries);
}

/** `dcterms:type` (KE, SURE, NEEO) or the words of `sch_svc` with `yes` (OA-Statistik, EPrints); formats are not looked at. */
function readServicePart(element: XmlElement, statement: Statement): void {
  switch (element.name) {
    case 'format':
      return;
    case 'resolver':
      readResolver(element, statement);
      return;
    case 'type': {
      const type = element.text.trim();
      if (type !== '') statement.served = true;
      if (type.endsWith('/objectFile')) statement.requested = true;
      else if (type.endsWith('/descriptiveMetadata')) statement.investigated = true;
      return;
    }
  }
  if (element.children.length > 0) {
    for (const part of element.children) readServicePart(part, statement);
    return;
  }
  const text = element.text.trim().toLowerCase();
  if (text === '') return;
  statement.served = true;
  if (text !== 'yes') return;
  if (element.name === 'fulltext') statement.requested = true;
  else if (element.name === 'abstract') statement.investigated = true;
}

function readResolver(element: XmlElement, statement: Statement): void {
  statement.entities.resolver++;
  for (const part of element.children) {
    if (part.name === 'identifier') statement.resolver ??= part.text.trim() || null;
  }
}

/** NEEO puts the user agent into the referrer's metadata: in an element of its own, or as all there is. */
function agentOf(metadataByVal: XmlElement): string | null {
  const metadata = metadataByVal.children.find((part) => part.name === 'metadata');
  if (metadata === undefined) return null;
  return namedAgent(metadata) ?? (textOf(metadata).trim() || null);
}

function namedAgent(element: XmlElement): string | null {
  for (const part of element.children) {
    if (/^user-?agent$/i.test(part.name)) return textOf(part).trim();
    const below = namedAgent(part);
    if (below !== null) return below;
  }
  return null;
}
