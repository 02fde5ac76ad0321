import type { Licence } from '../licences/licence.ts';
import {
  decideLicence,
  type LicenceStep,
  licenceOfField,
  type XmlLicence,
} from '../licences/licence-ladder.ts';
import type { Compliance, ProvenanceBy, ProvenanceCode, ProvenanceEntry } from '../record.ts';
import { note } from './inquiry.ts';

type Code = Extract<ProvenanceCode, `licence.${string}`>;

export interface LicenceEvidence {
  /** Null: there is no full text, or it was not read. */
  xml: XmlLicence | null;
  epmcField: string | null;
  /** When Europe PMC answered; null: it was not asked or did not. */
  epmcAt: string | null;
  crossref: { licences: Licence[]; at: string } | null;
  page: { licences: Licence[]; at: string } | null;
  /** Why the publisher's page could not be read; null: it was, or was not asked for. */
  pageRefusal?: string | null;
  /** A step that comes before others has no answer: what comes after it must not decide in its place. */
  epmcOutstanding: boolean;
  publisherOutstanding: boolean;
}

export interface FoundLicence {
  type: string | null;
  source: Compliance['licence_source'];
  notes: ProvenanceEntry[];
}

/** Whether Europe PMC has decided the licence, so that no publisher needs to be asked. */
export function epmcDecides(
  evidence: Pick<LicenceEvidence, 'xml' | 'epmcField' | 'epmcOutstanding'>,
): boolean {
  return !evidence.epmcOutstanding && decideLicence(epmcSteps(evidence)) !== null;
}

/** The ladder of §5.5. */
export function findLicence(evidence: LicenceEvidence, fallbackAt: string): FoundLicence {
  const nothing: FoundLicence = { type: null, source: null, notes: [] };
  if (evidence.epmcOutstanding) return nothing;
  const steps: LicenceStep<Code>[] = [
    ...epmcSteps(evidence),
    { code: 'licence.crossref', found: evidence.crossref?.licences ?? [] },
    { code: 'licence.publisher_page', found: evidence.page?.licences ?? [] },
  ];
  const decided = decideLicence(steps);
  if (decided !== null) {
    const { licence, code, conflict } = decided;
    const at = atOf(code, evidence) ?? fallbackAt;
    const by = byOf(code);
    const notes = [note(by, at, code, `The licence is ${licence}: ${sentences[code] ?? code}.`, { licence })];
    if (conflict !== null) {
      const named = steps
        .filter(({ found }) => found.length > 0)
        .map(({ code: where, found }) => ({ where, found }));
      const text = `More than one licence is named (${conflict.join(', ')}). ${licence} was taken: the first place that decides, and the most restrictive in it.`;
      notes.push(note(by, at, 'licence.conflict', text, { licences: conflict, named }));
    }
    return { type: licence, source: sourceOf(code), notes };
  }
  if (evidence.publisherOutstanding) return nothing;
  if (evidence.xml?.unrecognised) {
    const text = 'The full text states a licence that is none of the known ones.';
    const at = evidence.epmcAt ?? fallbackAt;
    return {
      type: 'non-standard-licence',
      source: 'epmc_xml',
      notes: [note('epmc', at, 'licence.nonstandard', text)],
    };
  }
  return { ...nothing, notes: [note('processor', fallbackAt, 'licence.none', noneSentence(evidence))] };
}

function noneSentence({ page, pageRefusal = null }: LicenceEvidence): string {
  const text = 'No licence was found in any of the places that were looked at';
  if (pageRefusal !== null) return `${text}; the publisher's page could not be read (${pageRefusal}).`;
  return page === null ? `${text}.` : `${text}; the publisher's page was read, too.`;
}

function epmcSteps({ xml, epmcField }: Pick<LicenceEvidence, 'xml' | 'epmcField'>): LicenceStep<Code>[] {
  return [...(xml?.steps ?? []), { code: 'licence.epmc', found: licenceOfField(epmcField) }];
}

const sentences: Partial<Record<Code, string>> = {
  'licence.xml_url': 'the full text in Europe PMC names its address',
  'licence.xml_type': 'the type of licence in the full text in Europe PMC says so',
  'licence.xml_text': 'the text of the licence in the full text in Europe PMC says so',
  'licence.xml_copyright': 'the copyright statement of the full text in Europe PMC says so',
  'licence.epmc': "Europe PMC's own entry says so",
  'licence.crossref': 'the publisher has told Crossref so',
  'licence.publisher_page': "the publisher's page says so",
};

function byOf(code: Code): ProvenanceBy {
  if (code === 'licence.crossref') return 'crossref';
  return code === 'licence.publisher_page' ? 'publisher' : 'epmc';
}

function sourceOf(code: Code): Compliance['licence_source'] {
  if (code === 'licence.epmc') return 'epmc';
  return code.startsWith('licence.xml_') ? 'epmc_xml' : 'publisher';
}

function atOf(code: Code, { crossref, page, epmcAt }: LicenceEvidence): string | null {
  if (code === 'licence.crossref') return crossref?.at ?? null;
  return code === 'licence.publisher_page' ? (page?.at ?? null) : epmcAt;
}
