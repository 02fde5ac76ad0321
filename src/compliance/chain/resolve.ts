import { blankCompliance, blankSupportingInfo } from '../blank.ts';
import { factsOf } from '../policies/facts.ts';
import { judgePolicy } from '../policies/judge.ts';
import type { Policy } from '../policies/policy.ts';
import type { ProvenanceEntry, Sending, Verdicts } from '../record.ts';
import type { Answer, ArticleDraft, Resolution, Resolve } from '../resolution-contract.ts';
import { type CrossrefWork, licencesOnDay } from '../sources/crossref/parse.ts';
import type { PageAnswer } from '../sources/publisher/client.ts';
import { askCore, askUnpaywall, matchRepositories, type RepositoryAt } from './ask-copies.ts';
import { askJournalType, askSelfArchiving } from './ask-journal.ts';
import { findArticle } from './find-article.ts';
import { epmcDecides, findLicence, type LicenceEvidence } from './find-licence.ts';
import { createInquiry, type Inquiry, note, unavailable } from './inquiry.ts';
import { type ReadFullText, readFullText } from './read-full-text.ts';

export interface ChainParts {
  /** Sources that need a key or a contact. */
  configured: { core: boolean; opf: boolean; unpaywall: boolean };
  policies: ReadonlyMap<string, Policy>;
  repositoryAt: RepositoryAt;
  now(): number;
}

const unread: ReadFullText = {
  hasXml: null,
  sha256: null,
  licence: null,
  isManuscript: null,
  decidedBy: null,
  outstanding: false,
  notes: [],
};

/** The chain of questions of one article (§5), in the order in which they need each other's answers. */
export function createResolve({ configured, policies, repositoryAt, now }: ChainParts): Resolve {
  return async (draft, asking): Promise<Resolution> => {
    const inquiry = createInquiry(asking);
    const time = () => inquiry.latest() ?? new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z');
    const found = await findArticle(draft.identifiers, inquiry);
    const { article, identifiers } = found;
    const { doi } = identifiers;
    const foundAt = time();

    const [text, core, unpaywall] = await Promise.all([
      article === null ? unread : readFullText(article, article.pmcid ?? identifiers.pmcid, inquiry, foundAt),
      askCore(doi, configured.core, inquiry, foundAt),
      askUnpaywall(doi, configured.unpaywall, inquiry, foundAt),
    ]);

    const epmc = {
      xml: text.licence,
      epmcField: article?.licence ?? null,
      epmcOutstanding: found.outstanding || text.outstanding,
    };
    const asksCrossref = doi !== null && (article === null || !epmcDecides(epmc));
    const crossref = asksCrossref ? await inquiry.ask<CrossrefWork>('crossref', 'work', doi) : null;
    const work = crossref?.outcome === 'found' ? crossref.value : null;
    const issns = article !== null && article.issns.length > 0 ? article.issns : (work?.issns ?? []);
    const published = article?.published ?? work?.published ?? null;

    const evidence: LicenceEvidence = {
      ...epmc,
      epmcAt: article === null ? null : foundAt,
      crossref:
        crossref === null || work === null
          ? null
          : { licences: licencesOnDay(work, crossref.at.slice(0, 10)), at: crossref.at },
      page: null,
      publisherOutstanding: crossref?.outcome === 'unavailable',
    };
    const [journal, archiving, page] = await Promise.all([
      askJournalType(issns, published, inquiry, foundAt),
      askSelfArchiving(issns, configured.opf, inquiry, foundAt),
      askPage(draft, doi, evidence, inquiry),
    ]);
    if (page.answer?.outcome === 'found' && page.answer.value.page === 'read') {
      evidence.page = { licences: page.answer.value.licences, at: page.answer.at };
    }
    if (page.answer?.outcome === 'found' && page.answer.value.page === 'refused') {
      evidence.pageRefusal = page.answer.value.reason;
    }
    if (page.answer?.outcome === 'unavailable') evidence.publisherOutstanding = true;
    const licence = findLicence(evidence, time());
    const copies = matchRepositories([...unpaywall.copies, ...core.copies], repositoryAt, time());

    const compliance = {
      ...blankCompliance(),
      in_epmc: article === null ? (found.unknownToEpmc ? false : null) : article.inEpmc,
      epmc_is_oa: article === null ? (found.unknownToEpmc ? false : null) : article.isOpenAccess,
      epmc_aam: text.isManuscript,
      licence: { type: licence.type },
      licence_source: licence.source,
      journal_type: journal.type,
      confidence: found.confidence,
      in_core: core.inCore,
      journal_embargo: archiving.embargo,
      journal_self_archiving: archiving.archiving,
    };
    const facts = factsOf(compliance, identifiers, {
      published,
      embargoUntil: article?.embargoUntil ?? null,
      inEuropePmcIndex: article !== null,
      europePmcAnswered: article !== null || found.unknownToEpmc,
      postprintEmbargoMonths: archiving.postprintEmbargoMonths,
    });
    const judged = judge(draft, policies, facts, time());
    return {
      identifiers: { ...identifiers, title: identifiers.title ?? work?.title ?? null },
      supporting_info: {
        ...blankSupportingInfo(),
        epmc_ft_xml: text.hasXml,
        aam_from_ft_xml: article === null ? null : text.decidedBy === 'xml',
        aam_from_epmc: article === null ? null : text.decidedBy === 'flags',
        issn: issns,
        journal: article?.journal ?? work?.journal ?? null,
        publisher: journal.publisher ?? archiving.publisher ?? work?.publisher ?? null,
        oag_doi: page.sending,
        epmc_complete: !epmc.epmcOutstanding,
        oag_complete: !evidence.publisherOutstanding && !epmc.epmcOutstanding,
        published,
        embargo_until: article?.embargoUntil ?? null,
        ...(text.sha256 === null ? {} : { fulltext_sha256: text.sha256 }),
        ...(archiving.pathways === null ? {} : { pathways: archiving.pathways }),
        copies: copies.copies,
      },
      compliance,
      ...(judged === null ? {} : { verdicts: judged.verdicts }),
      notes: [
        ...found.notes,
        ...text.notes,
        ...crossrefNotes(crossref, doi),
        ...page.notes,
        ...licence.notes,
        ...journal.notes,
        ...core.notes,
        ...archiving.notes,
        ...unpaywall.notes,
        ...copies.notes,
        ...(judged?.notes ?? []),
      ],
      parked: inquiry.parked,
    };
  };
}

/** §5.6: only when asked for, and only if everything that comes before has answered and found no licence. */
async function askPage(
  draft: ArticleDraft,
  doi: string | null,
  evidence: LicenceEvidence,
  inquiry: Inquiry,
): Promise<{ sending: Sending; answer: Answer<PageAnswer> | null; notes: ProvenanceEntry[] }> {
  const isOpen =
    !evidence.epmcOutstanding &&
    !evidence.publisherOutstanding &&
    !epmcDecides(evidence) &&
    (evidence.crossref?.licences.length ?? 0) === 0;
  if (!draft.publisherPages || doi === null || !isOpen)
    return { sending: 'not_sent', answer: null, notes: [] };
  const answer = await inquiry.ask<PageAnswer>('publisher', 'page', doi);
  if (answer.outcome === 'unavailable') {
    return { sending: 'error', answer, notes: [unavailable('publisher', answer)] };
  }
  if (answer.outcome === 'not_found' || answer.value.page === 'refused')
    return { sending: 'error', answer, notes: [] };
  return { sending: answer.value.licences.length > 0 ? 'success' : 'fto', answer, notes: [] };
}

function crossrefNotes(answer: Answer<CrossrefWork> | null, doi: string | null): ProvenanceEntry[] {
  if (answer === null) return [];
  if (answer.outcome === 'unavailable') return [unavailable('crossref', answer)];
  if (answer.outcome === 'not_found') {
    return [note('crossref', answer.at, 'crossref.not_found', `Crossref does not know the DOI ${doi}.`)];
  }
  return [note('crossref', answer.at, 'crossref.found', `Crossref knows the DOI ${doi}.`)];
}

function judge(
  { policies: asked, panel }: ArticleDraft,
  policies: ChainParts['policies'],
  facts: ReturnType<typeof factsOf>,
  at: string,
): { verdicts: Verdicts; notes: ProvenanceEntry[] } | null {
  if (asked.length === 0) return null;
  const verdicts: Verdicts = {};
  const notes: ProvenanceEntry[] = [];
  for (const id of asked) {
    const policy = policies.get(id);
    // A policy may have been taken away by the operator since the list was accepted.
    if (policy === undefined) {
      verdicts[id] = { compliant: 'unknown', applies: 'unknown', because: [] };
      notes.push(
        note('policy', at, 'policy.verdict', `The policy ${id} is no longer known here.`, { policy: id }),
      );
      continue;
    }
    const verdict = judgePolicy(policy, facts, panel);
    verdicts[id] = verdict;
    const decisive = verdict.because
      .filter(({ met }) => met !== 'unknown' || verdict.compliant === 'unknown')
      .map(({ criterion, met }) => `${criterion}: ${met}`)
      .join('; ');
    const text = `${policy.title}: compliant ${verdict.compliant}, applies ${verdict.applies}. ${decisive}.`;
    const { compliant, applies } = verdict;
    notes.push(note('policy', at, 'policy.verdict', text, { policy: id, compliant, applies }));
  }
  return { verdicts, notes };
}
