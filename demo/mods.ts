import type { DemoPublication } from './publications.ts';

/** An OAI-PMH answer with records in MODS, as a Dutch repository gives it: author numbers in a `daiList`. */
export function modsResponse(publications: readonly DemoPublication[], responseDate: string): string {
  const baseUrl = `https://${publications[0]?.partner.id ?? 'repository.example'}/oai`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>${responseDate}</responseDate>
<request verb="ListRecords" metadataPrefix="mods">${baseUrl}</request><ListRecords>
${publications.map(recordOf).join('\n')}
</ListRecords></OAI-PMH>`;
}

function recordOf({ record, authors, page, file }: DemoPublication): string {
  const title = `<titleInfo><title>${escapeXml(record.title ?? '')}</title></titleInfo>`;
  const names = authors.map(
    (author, at) =>
      `<name type="personal" ID="p${at}"><namePart type="family">${escapeXml(author.family)}</namePart>` +
      `<namePart type="given">${escapeXml(author.given)}</namePart>` +
      `<role><roleTerm authority="marcrelator" type="code">aut</roleTerm></role>` +
      (author.orcid === null ? '' : `<nameIdentifier type="orcid">${author.orcid}</nameIdentifier>`) +
      '</name>',
  );
  const dais = authors.flatMap((author, at) =>
    author.dai === null
      ? []
      : [`<identifier IDref="p${at}" authority="info:eu-repo/dai/nl">${author.dai}</identifier>`],
  );
  const identifiers = (record.identifiers ?? []).map((identifier) =>
    identifier.startsWith('10.')
      ? `<identifier type="doi">${identifier}</identifier>`
      : `<identifier type="uri">${identifier}</identifier>`,
  );
  const parent = record.parent?.title;
  return (
    `<record><header><identifier>${record.id}</identifier><datestamp>${record.datestamp}</datestamp></header><metadata>` +
    `<mods xmlns="http://www.loc.gov/mods/v3" version="3.6">${title}${names.join('')}` +
    `<genre>${record.type}</genre>` +
    `<originInfo><publisher>${escapeXml(record.publisher ?? '')}</publisher>` +
    `<dateIssued encoding="w3cdtf">${record.date}</dateIssued></originInfo>${identifiers.join('')}` +
    `<location><url access="object in context">${page}</url><url access="raw object">${file}</url></location>` +
    (parent === undefined
      ? ''
      : `<relatedItem type="host"><titleInfo><title>${escapeXml(parent)}</title></titleInfo><genre>journal</genre></relatedItem>`) +
    (dais.length === 0
      ? ''
      : `<extension><daiList xmlns="info:eu-repo/dai">${dais.join('')}</daiList></extension>`) +
    '</mods></metadata></record>'
  );
}

/** Text as XML takes it. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
