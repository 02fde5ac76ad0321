import { createXmlReader, type XmlElement, type XmlReader } from '../../platform/xml/index.ts';
import { MAX_RECORD_BYTES, MAX_RECORD_ELEMENTS } from './record-limits.ts';

export interface RecordElementsOptions {
  /** Whether this element is a record; not asked inside a record. `path` holds the elements around it, the root first. */
  isRecord(ns: string, name: string, path: readonly XmlElement[]): boolean;
  /** A complete record, or why it was too large to be kept. */
  onRecord(record: XmlElement | { tooLarge: string }): void;
  onOpen?(element: XmlElement, path: readonly XmlElement[]): void;
  onClose?(element: XmlElement, path: readonly XmlElement[]): void;
}

/** As long as a whole body may be (contract: 100 MiB), so that one long text is the fault of its record, not of the document. */
const TEXT_LIMIT = 128 * 1024 * 1024;

/**
 * Reads a document whose records become trees, one after another. Unlike the units of the XML reader a record over its limits does
 * not end the document: it is dropped as soon as it is too large, announced, and the next one is read.
 */
export function createRecordElements(options: RecordElementsOptions): XmlReader {
  let record: XmlElement | null = null;
  let bytes = 0;
  let elements = 0;
  let tooLarge: string | null = null;

  function grow(by: number): void {
    bytes += by;
    if (bytes > MAX_RECORD_BYTES) tooLarge = 'the record is larger than 10 MiB';
    else if (elements > MAX_RECORD_ELEMENTS)
      tooLarge = `the record has more than ${MAX_RECORD_ELEMENTS} elements`;
    if (tooLarge !== null && record) record.children = [];
  }

  return createXmlReader({
    limits: { text: TEXT_LIMIT },
    isUnit: () => false,
    onUnit() {},
    onOpen(element, path) {
      if (record === null) {
        if (!options.isRecord(element.ns, element.name, path)) {
          options.onOpen?.(element, path);
          return;
        }
        record = element;
        bytes = 0;
        elements = 0;
        tooLarge = null;
      } else if (tooLarge === null) {
        path[path.length - 1]?.children.push(element);
      }
      elements++;
      grow(writtenBytes(element));
    },
    onClose(element, path) {
      if (record === null) {
        options.onClose?.(element, path);
        return;
      }
      grow(Buffer.byteLength(element.text));
      if (element !== record) return;
      record = null;
      options.onRecord(tooLarge === null ? element : { tooLarge });
    },
  });
}

/** What the tags of an element take at least. */
function writtenBytes(element: XmlElement): number {
  let bytes = 2 * element.name.length + 5;
  for (const [name, value] of Object.entries(element.attributes))
    bytes += name.length + Buffer.byteLength(value) + 4;
  return bytes;
}
