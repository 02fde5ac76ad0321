import type { ExtraColumn } from '../reading/headers.ts';
import type { ComplianceRecord } from '../record.ts';
import { provenanceText } from './provenance-text.ts';

/** A cell of the results: text, or a truth that is written `True`/`False`. */
type Cell = string | number | boolean | null;

const orUnknown = (value: boolean | null): Cell => value ?? 'unknown';

/** The columns of the results, in the order that is promised (specification §9). */
const columns: readonly (readonly [header: string, cell: (record: ComplianceRecord) => Cell])[] = [
  ['PMCID', ({ identifiers }) => identifiers.pmcid],
  ['PMID', ({ identifiers }) => identifiers.pmid],
  ['DOI', ({ identifiers }) => identifiers.doi],
  ['Article title', ({ identifiers }) => identifiers.title],
  ['ISSN', ({ supporting_info }) => supporting_info.issn.join(', ')],
  ['Publisher', ({ supporting_info }) => supporting_info.publisher],
  ['Metadata in CORE?', ({ compliance }) => orUnknown(compliance.in_core)],
  ['Fulltext in EPMC?', ({ compliance }) => orUnknown(compliance.in_epmc)],
  ['XML Fulltext in EPMC?', ({ supporting_info }) => orUnknown(supporting_info.epmc_ft_xml)],
  ['AAM in EPMC?', ({ compliance }) => orUnknown(compliance.epmc_aam)],
  ['Open Access?', ({ compliance }) => orUnknown(compliance.epmc_is_oa)],
  ['Licence', ({ compliance }) => compliance.licence.type ?? 'unknown'],
  ['Licence Source', ({ compliance }) => compliance.licence_source],
  ['Journal Type', ({ compliance }) => compliance.journal_type ?? 'unknown'],
  ['Self-Archive Preprint', ({ compliance }) => compliance.journal_self_archiving.preprint],
  ['Preprint Embargo', ({ compliance }) => compliance.journal_embargo.preprint],
  ['Self-Archive Postprint', ({ compliance }) => compliance.journal_self_archiving.postprint],
  ['Postprint Embargo', ({ compliance }) => compliance.journal_embargo.postprint],
  ['Self-Archive Publisher Version', ({ compliance }) => compliance.journal_self_archiving.publisher],
  ['Publisher Version Embargo', ({ compliance }) => compliance.journal_embargo.publisher],
  ['Correct Article Confidence', ({ compliance }) => compliance.confidence],
  ['Compliance Processing Output', ({ provenance }) => provenanceText(provenance)],
];

export interface OutputShape {
  header: string[];
  row(record: ComplianceRecord): Cell[];
}

/** The table of a job's results: the fixed columns, one a policy asked for, then the columns of the list that came in. */
export function outputShape(policies: readonly string[], extras: readonly ExtraColumn[]): OutputShape {
  return {
    header: [...columns.map(([header]) => header), ...policies, ...extras.map(({ header }) => header)],
    row: (record) => [
      ...columns.map(([, cell]) => cell(record)),
      ...policies.map((id) => record.verdicts?.[id]?.compliant ?? 'unknown'),
      ...extras.map(({ key }) => record.source[key] ?? ''),
    ],
  };
}
