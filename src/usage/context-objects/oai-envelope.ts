import type { XmlElement } from '../../platform/xml/index.ts';
import type { DeliveredRecord } from '../event.ts';
import { FormFault } from './form-fault.ts';

/** OAI-PMH 2.0. */
export const OAI_NS = 'http://www.openarchives.org/OAI/2.0/';

export interface OaiSummary {
  /** OAI-PMH records, deleted ones too. */
  records: number;
  /** As written; null when there is none. */
  responseDate: string | null;
  /** Null when there is no such element; the empty string ends the list (OAI-PMH §3.5). */
  resumptionToken: string | null;
  /** Attributes of the token. */
  completeListSize: number | null;
  cursor: number | null;
  oaiError: { code: string; message: string } | null;
}

/** What stands around the metadata of an OAI-PMH response: headers of records, token, errors. */
export function createOaiEnvelope(onRecord: (record: DeliveredRecord) => void) {
  let record: DeliveredRecord | null = null;
  let answers = false;
  const summary: OaiSummary = {
    records: 0,
    responseDate: null,
    resumptionToken: null,
    completeListSize: null,
    cursor: null,
    oaiError: null,
  };

  return {
    open(element: XmlElement, path: readonly XmlElement[]): void {
      if (element.ns !== OAI_NS) return;
      if (path.length === 1) {
        if (element.name === 'ListRecords' || element.name === 'GetRecord') answers = true;
      } else if (path.length === 2 && element.name === 'record') {
        record = { identifier: '', datestamp: null, deleted: false };
      } else if (path.length === 3 && element.name === 'header' && record !== null) {
        record.deleted = element.attributes.status === 'deleted';
      }
    },
    close(element: XmlElement, path: readonly XmlElement[]): void {
      if (element.ns !== OAI_NS) return;
      const text = element.text.trim();
      switch (path.length) {
        case 1:
          if (element.name === 'responseDate') summary.responseDate = text || null;
          else if (element.name === 'error') addError(summary, element.attributes.code ?? '', text);
          break;
        case 2:
          if (element.name === 'resumptionToken') {
            summary.resumptionToken = text;
            summary.completeListSize = wholeNumber(element.attributes.completeListSize);
            summary.cursor = wholeNumber(element.attributes.cursor);
          } else if (element.name === 'record' && record !== null) {
            summary.records++;
            // Without its identifier a record has no identity; its events then have only their own.
            if (record.identifier !== '') onRecord(record);
            record = null;
          }
          break;
        case 4:
          if (record === null || path[3]?.name !== 'header') break;
          if (element.name === 'identifier') record.identifier = text;
          else if (element.name === 'datestamp') record.datestamp = text || null;
          break;
      }
    },
    /** The record being read, once its header has named it. */
    record(): DeliveredRecord | null {
      return record === null || record.identifier === '' ? null : record;
    },
    summary: (): OaiSummary => summary,
    /** Throws `FormFault` for the answer to another verb. */
    check(): void {
      if (!answers && summary.oaiError === null) {
        throw new FormFault('the OAI-PMH response is neither to ListRecords nor to GetRecord');
      }
    },
  };
}

/** Of several errors the one that matters: `noRecordsMatch` is the only harmless one. */
function addError(summary: OaiSummary, code: string, message: string): void {
  if (summary.oaiError === null || summary.oaiError.code === 'noRecordsMatch')
    summary.oaiError = { code, message };
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;
}
