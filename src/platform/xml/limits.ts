/** How large the parts of a document may be. What is over a limit is a fault of the document, never cut. */
export interface XmlLimits {
  /** Elements inside each other. */
  depth: number;
  /** Attributes of one element, declarations of namespaces included. */
  attributes: number;
  /** Characters of one element or attribute name. */
  name: number;
  /** Characters of one text or attribute value; comments may take twice that between two elements. */
  text: number;
  /** Elements of one unit. */
  unitElements: number;
  /** Characters of one unit: texts, attribute values and names. */
  unitLength: number;
}

const MEBI = 1024 * 1024;

/** Far above what records of repositories hold (the largest in the wild are some hundred KiB), far below what hurts. */
export const DEFAULT_LIMITS: XmlLimits = {
  depth: 100,
  attributes: 1_000,
  name: 1_000,
  text: 10 * MEBI,
  unitElements: 100_000,
  unitLength: 16 * MEBI,
};
