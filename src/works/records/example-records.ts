/** Small records in the shapes that repositories deliver; invented, not copied. */

const OAI = 'http://www.openarchives.org/OAI/2.0/';

/** An OAI-PMH response around records. */
export function oaiResponse(
  records: string,
  options: { verb?: string; baseUrl?: string; after?: string } = {},
): string {
  const verb = options.verb ?? 'ListRecords';
  return `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="${OAI}"><responseDate>2024-05-01T10:00:00Z</responseDate>
<request verb="${verb}">${options.baseUrl ?? 'https://repo.example.org/oai'}</request>
<${verb}>${records}${options.after ?? ''}</${verb}></OAI-PMH>`;
}

export function oaiRecord(metadata: string, identifier = 'oai:repo.example.org:1', attributes = ''): string {
  return `<record><header ${attributes}><identifier>${identifier}</identifier><datestamp>2024-04-30T09:00:00Z</datestamp></header>${
    metadata && `<metadata>${metadata}</metadata>`
  }</record>`;
}

/** `oai_dc` with unusual prefixes: only namespaces tell what an element is. */
export function dublinCore(fields: string): string {
  return `<o:dc xmlns:o="${OAI}oai_dc/" xmlns:d="http://purl.org/dc/elements/1.1/">${fields}</o:dc>`;
}

export function mods(fields: string, ns = 'http://www.loc.gov/mods/v3'): string {
  return `<mods xmlns="${ns}">${fields}</mods>`;
}

/** DIDL as Dutch repositories deliver it, `metadata` being MODS or `oai_dc`. */
export function didl(metadata: string, prefix = 'x', more = ''): string {
  const p = prefix && `${prefix}:`;
  const xmlns = prefix ? `xmlns:${prefix}` : 'xmlns';
  const typed = (type: string, resource: string) =>
    `<${p}Item><${p}Descriptor><${p}Statement><r:type r:resource="info:eu-repo/semantics/${type}"/></${p}Statement></${p}Descriptor>` +
    `<${p}Component>${resource}</${p}Component></${p}Item>`;
  return `<${p}DIDL ${xmlns}="urn:mpeg:mpeg21:2002:02-DIDL-NS" xmlns:i="urn:mpeg:mpeg21:2002:01-DII-NS"
 xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><${p}Item>
<${p}Descriptor><${p}Statement><i:Identifier>URN:NBN:NL:UI:99-1</i:Identifier></${p}Statement></${p}Descriptor>
<${p}Component><${p}Resource ref="https://repo.example.org/oai?verb=GetRecord"/></${p}Component>
${typed('descriptiveMetadata', `<${p}Resource mimeType="application/xml">${metadata}</${p}Resource>`)}
${typed('objectFile', `<${p}Resource ref="https://repo.example.org/1.pdf"/>`)}
${typed('humanStartPage', `<${p}Resource ref="https://repo.example.org/1"/>`)}${more}
</${p}Item></${p}DIDL>`;
}
