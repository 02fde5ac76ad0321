import { decideManuscript } from '../fulltext/author-manuscript.ts';
import type { XmlLicence } from '../licences/licence-ladder.ts';
import type { ProvenanceEntry } from '../record.ts';
import type { FullTextAnswer } from '../sources/epmc/client.ts';
import type { EpmcArticle } from '../sources/epmc/parse.ts';
import { type Inquiry, note, unavailable } from './inquiry.ts';

export interface ReadFullText {
  hasXml: boolean | null;
  sha256: string | null;
  licence: XmlLicence | null;
  isManuscript: boolean | null;
  /** What decided the question of the author manuscript; null: nothing did. */
  decidedBy: 'xml' | 'flags' | null;
  /** Europe PMC should have given the text but did not answer. */
  outstanding: boolean;
  notes: ProvenanceEntry[];
}

/** The full text (§5.3) and, with the flags, whether it is the author's manuscript (§5.4). `foundAt`: when the flags were read. */
export async function readFullText(
  article: EpmcArticle,
  pmcid: string | null,
  inquiry: Inquiry,
  foundAt: string,
): Promise<ReadFullText> {
  const read: ReadFullText = {
    hasXml: null,
    sha256: null,
    licence: null,
    isManuscript: null,
    decidedBy: null,
    outstanding: false,
    notes: [],
  };
  let at = foundAt;
  let manuscriptIdInXml: boolean | null = null;
  if (pmcid !== null && (article.inEpmc === true || article.isOpenAccess === true)) {
    // Only for an article that is said to be closed may a 500 mean no.
    const question = article.isOpenAccess === false ? 'fulltext.closed' : 'fulltext.open';
    const answer = await inquiry.ask<FullTextAnswer>('epmc', question, pmcid);
    at = answer.at;
    if (answer.outcome === 'unavailable') {
      read.outstanding = true;
      if (answer.status === 'malformed') {
        const text = `The full text of ${pmcid} in Europe PMC could not be read: it was cut short or is not XML.`;
        read.notes.push(note('epmc', at, 'epmc.fulltext_malformed', text, { pmcid }));
      }
      read.notes.push(unavailable('epmc', answer));
    } else if (answer.outcome === 'not_found') {
      read.hasXml = false;
      read.notes.push(
        note('epmc', at, 'epmc.fulltext_absent', `Europe PMC has no full text in XML of ${pmcid}.`, {
          pmcid,
        }),
      );
    } else if (!answer.value.served) {
      read.hasXml = false;
      const text = `Europe PMC does not serve the full text of ${pmcid}, which is not in its open access subset.`;
      read.notes.push(note('epmc', at, 'epmc.fulltext_not_served', text, { pmcid }));
    } else {
      read.hasXml = true;
      read.sha256 = answer.value.sha256;
      read.licence = answer.value.licence;
      manuscriptIdInXml = answer.value.manuscriptId;
      const params = { pmcid, sha256: answer.value.sha256 };
      read.notes.push(
        note('epmc', at, 'epmc.fulltext_found', `The full text of ${pmcid} was read in Europe PMC.`, params),
      );
    }
  }
  const decision = decideManuscript({ flags: article.manuscriptFlags, manuscriptIdInXml }, read.outstanding);
  read.isManuscript = decision.isManuscript;
  if (decision.code !== null) {
    read.decidedBy = decision.code === 'aam.xml' || decision.code === 'aam.xml_none' ? 'xml' : 'flags';
    read.notes.push(note('epmc', at, decision.code, manuscriptSentences[decision.code]));
  }
  return read;
}

const manuscriptSentences = {
  'aam.epmc_flag': 'Europe PMC marks the article as an author manuscript.',
  'aam.epmc_flag_none': 'Europe PMC marks the article as no author manuscript.',
  'aam.xml': 'The full text has a manuscript id: it is an author manuscript.',
  'aam.xml_none': 'The full text has no manuscript id: it is no author manuscript.',
};
