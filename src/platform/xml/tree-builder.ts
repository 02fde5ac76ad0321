import { NO_CHILDREN, type XmlElement } from './element.ts';
import type { XmlLimits } from './limits.ts';

/** What becomes of a document; see `createXmlReader`. */
export interface Listeners {
  /**
   * Whether this element begins a unit: it is then built as a small tree and handed over when it is complete.
   * `path` holds the elements around it, the root first (empty for the root). Not asked inside a unit.
   */
  isUnit(ns: string, name: string, path: readonly XmlElement[]): boolean;
  onUnit(unit: XmlElement, path: readonly XmlElement[]): void;
  /** An element outside units has begun; `children` and `text` are still empty. */
  onOpen?(element: XmlElement, path: readonly XmlElement[]): void;
  /** An element outside units has ended; `text` is complete, `children` stay empty. */
  onClose?(element: XmlElement, path: readonly XmlElement[]): void;
}

/** Takes what a parser finds, in the order of the document. */
export type TreeBuilder = ReturnType<typeof createTreeBuilder>;

/** Makes units into small trees, announces the rest and forgets it; `fault` refuses the document where it is being read. */
export function createTreeBuilder(
  { isUnit, onUnit, onOpen, onClose }: Listeners,
  limits: XmlLimits,
  fault: (reason: string) => never,
) {
  const path: XmlElement[] = [];
  /** Number of elements around the unit being built, -1 outside units. */
  let unitDepth = -1;
  let unitElements = 0;
  let unitLength = 0;
  /** Of the tag being read. */
  let attributeCount = 0;

  function grow(length: number): void {
    if (length > limits.text) fault(`a text is longer than ${limits.text} characters`);
    if (unitDepth === -1) return;
    unitLength += length;
    if (unitLength > limits.unitLength) fault(`an element is longer than ${limits.unitLength} characters`);
  }

  return {
    path: path as readonly XmlElement[],
    /** Whether a text of so many characters is within all limits. */
    hasRoomForText(length: number): boolean {
      const held = path[path.length - 1]?.text.length ?? 0;
      return held + length <= limits.text && (unitDepth === -1 || unitLength + length <= limits.unitLength);
    },
    /** The same of an element whose tag has so many characters. */
    hasRoomForElement(length: number, attributes: number): boolean {
      return (
        length <= limits.text &&
        attributes <= limits.attributes &&
        path.length < limits.depth &&
        (unitDepth === -1 ||
          (unitLength + length <= limits.unitLength && unitElements + 1 < limits.unitElements))
      );
    },
    /** Whether a name of so many characters is within its limit. */
    isNameLength: (length: number): boolean => length <= limits.name,
    text(text: string): void {
      const element = path[path.length - 1];
      if (element === undefined) return;
      grow(text.length);
      element.text = element.text === '' ? text : element.text + text;
      if (element.text.length > limits.text) fault(`a text is longer than ${limits.text} characters`);
    },
    attribute(nameLength: number, valueLength: number): void {
      attributeCount++;
      if (attributeCount > limits.attributes)
        fault(`an element has more than ${limits.attributes} attributes`);
      if (nameLength > limits.name) fault(`a name is longer than ${limits.name} characters`);
      grow(nameLength + valueLength);
    },
    /** `nameLength` is that of the name as written, prefix included. */
    open(ns: string, name: string, nameLength: number, attributes: XmlElement['attributes']): void {
      if (nameLength > limits.name) fault(`a name is longer than ${limits.name} characters`);
      if (path.length >= limits.depth) fault(`elements are nested deeper than ${limits.depth}`);
      attributeCount = 0;
      const parent = path[path.length - 1];
      const element: XmlElement = {
        ns,
        name,
        attributes,
        // Outside units whoever listens may collect them.
        children: unitDepth === -1 ? [] : NO_CHILDREN,
        text: '',
        at: parent === undefined ? 0 : parent.text.length,
      };
      if (unitDepth === -1) {
        if (isUnit(ns, name, path)) {
          unitDepth = path.length;
          unitElements = 0;
          unitLength = 0;
        } else {
          onOpen?.(element, path);
        }
      } else {
        unitElements++;
        if (unitElements >= limits.unitElements)
          fault(`an element holds more than ${limits.unitElements} others`);
        if (parent === undefined) throw new Error('a unit has no element');
        if (parent.children === NO_CHILDREN) parent.children = [element];
        else parent.children.push(element);
      }
      grow(name.length);
      path.push(element);
    },
    close(): void {
      const element = path.pop();
      if (element === undefined) return;
      if (unitDepth === -1) {
        onClose?.(element, path);
      } else if (path.length === unitDepth) {
        unitDepth = -1;
        onUnit(element, path);
      }
    },
  };
}
