import { isoSeconds } from '../../platform/http/index.ts';
import { blankResolution } from '../blank.ts';
import type { ComplianceRecord, ProvenanceEntry } from '../record.ts';
import type { StoredRecord } from './records.store.ts';

const names = { pmcid: 'PMCID', pmid: 'PMID', doi: 'DOI' } as const;

/** A record as it is answered: what came in, what is known so far, and how (specification §2). */
export function recordView(stored: StoredRecord): ComplianceRecord {
  const { identifiers, supporting_info, compliance, verdicts, notes } =
    stored.resolution ?? blankResolution(stored.given);
  return {
    id: stored.id,
    created_date: isoSeconds(stored.created_date),
    last_updated: isoSeconds(stored.last_updated),
    upload: { id: stored.job_id, pos: stored.pos },
    source: stored.source,
    identifiers,
    supporting_info,
    compliance,
    ...(verdicts !== undefined && { verdicts }),
    provenance: [...stored.notes, ...(stored.duplicates ?? []).map(duplicateNote), ...notes],
  };
}

function duplicateNote({
  field,
  records,
  positions,
  noted_at,
}: NonNullable<StoredRecord['duplicates']>[number]): ProvenanceEntry {
  return {
    by: 'processor',
    when: isoSeconds(new Date(noted_at)),
    note: `This record's ${names[field]} is a duplicate of another in the same upload. Compliance results should therefore be reviewed carefully, in case this indicates an erroneous set of identifiers`,
    code: `duplicate.${field}`,
    params: { count: records, positions },
  };
}
