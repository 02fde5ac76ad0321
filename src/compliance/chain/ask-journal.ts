import type { PerVersion, ProvenanceEntry } from '../record.ts';
import { type DoajJournal, wasOpen } from '../sources/doaj/parse.ts';
import type { JournalPolicy, Pathway } from '../sources/opf/parse.ts';
import { termsOf } from '../sources/opf/terms.ts';
import { type Inquiry, note, unavailable } from './inquiry.ts';

export interface JournalType {
  type: 'oa' | 'hybrid' | null;
  publisher: string | null;
  notes: ProvenanceEntry[];
}

/** Whether the journal is open as a whole, as DOAJ sees it (§5.7). */
export async function askJournalType(
  issns: readonly string[],
  published: string | null,
  inquiry: Inquiry,
  at: string,
): Promise<JournalType> {
  if (issns.length === 0) {
    const text = 'No ISSN of the journal is known, so DOAJ was not asked.';
    return { type: null, publisher: null, notes: [note('doaj', at, 'doaj.no_issn', text)] };
  }
  const answers = await Promise.all(
    issns.map(async (issn) => ({ issn, answer: await inquiry.ask<DoajJournal[]>('doaj', 'journal', issn) })),
  );
  for (const { issn, answer } of answers) {
    const journal =
      answer.outcome === 'found' ? answer.value.find((one) => wasOpen(one, published)) : undefined;
    if (journal === undefined) continue;
    inquiry.settle('doaj');
    const text = `DOAJ lists the journal (${issn}) as open access.`;
    const notes = [note('doaj', answer.at, 'doaj.listed', text, { issn, open_since: journal.openSince })];
    return { type: 'oa', publisher: journal.publisher, notes };
  }
  for (const { answer } of answers) {
    if (answer.outcome === 'unavailable') {
      return { type: null, publisher: null, notes: [unavailable('doaj', answer)] };
    }
  }
  const known = answers.find(({ answer }) => answer.outcome === 'found');
  const text =
    known === undefined
      ? `DOAJ does not list the journal (${issns.join(', ')}). It is taken for hybrid, which is an assumption: it may also be a journal by subscription.`
      : `DOAJ lists the journal (${known.issn}), but not as open when the article came out. It is taken for hybrid then, which is an assumption: it may also have been a journal by subscription.`;
  return {
    type: 'hybrid',
    publisher: null,
    notes: [note('doaj', answers[0]?.answer.at ?? at, 'doaj.not_listed', text, { issns })],
  };
}

export interface SelfArchiving {
  archiving: PerVersion;
  embargo: PerVersion;
  postprintEmbargoMonths: number | null;
  publisher: string | null;
  pathways: (Pathway & { journal_link: string | null })[] | null;
  notes: ProvenanceEntry[];
}

const nothing = (): SelfArchiving => ({
  archiving: { preprint: null, postprint: null, publisher: null },
  embargo: { preprint: null, postprint: null, publisher: null },
  postprintEmbargoMonths: null,
  publisher: null,
  pathways: null,
  notes: [],
});

/** What the publisher allows, as Open Policy Finder has it (§5.9); each ISSN in turn until one is there. */
export async function askSelfArchiving(
  issns: readonly string[],
  isConfigured: boolean,
  inquiry: Inquiry,
  at: string,
): Promise<SelfArchiving> {
  if (!isConfigured) {
    const text = 'Open Policy Finder was not asked: this installation has no key for it (OPF_API_KEY).';
    return { ...nothing(), notes: [note('opf', at, 'opf.not_configured', text)] };
  }
  if (issns.length === 0) {
    const text = 'No ISSN of the journal is known, so Open Policy Finder was not asked.';
    return { ...nothing(), notes: [note('opf', at, 'opf.no_issn', text)] };
  }
  let answeredAt = at;
  for (const issn of issns) {
    const answer = await inquiry.ask<JournalPolicy>('opf', 'journal', issn);
    answeredAt = answer.at;
    if (answer.outcome === 'unavailable') return { ...nothing(), notes: [unavailable('opf', answer)] };
    if (answer.outcome === 'found') return readPolicy(answer.value, issn, answer.at);
  }
  const text = `Open Policy Finder does not know the journal (${issns.join(', ')}).`;
  return { ...nothing(), notes: [note('opf', answeredAt, 'opf.not_found', text, { issns })] };
}

function readPolicy(journal: JournalPolicy, issn: string, at: string): SelfArchiving {
  const preprint = termsOf(journal, 'submitted');
  const postprint = termsOf(journal, 'accepted');
  const publisher = termsOf(journal, 'published');
  const text = `The terms of self-archiving are those of Open Policy Finder for ${issn} (Jisc, CC BY-NC-ND 4.0).`;
  return {
    archiving: {
      preprint: preprint.selfArchiving,
      postprint: postprint.selfArchiving,
      publisher: publisher.selfArchiving,
    },
    embargo: { preprint: preprint.embargo, postprint: postprint.embargo, publisher: publisher.embargo },
    postprintEmbargoMonths: postprint.embargoMonths,
    publisher: journal.publisher,
    pathways: journal.pathways.map((pathway) => ({ ...pathway, journal_link: journal.link })),
    notes: [note('opf', at, 'opf.found', text, { issn, link: journal.link })],
  };
}
