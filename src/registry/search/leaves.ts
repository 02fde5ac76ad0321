import type { Field } from './field.ts';
import type { Scalar } from './order.ts';

/** The paths that were met so far, as a tree by name; a path with values of its own has a field. */
export interface PathNode {
  path: string;
  children: Map<string, PathNode>;
  field: Field | undefined;
}

export const createPaths = (): PathNode => ({ path: '', children: new Map(), field: undefined });

/**
 * Calls `see` for every string, number and boolean of a document with the field of its path; lists are walked through.
 * @param grow gives the node of a name that a node does not have yet.
 * @param register gives a node that has no field yet its field.
 */
export function eachLeaf(
  node: PathNode,
  value: unknown,
  grow: (parent: PathNode, name: string) => PathNode,
  register: (node: PathNode) => Field,
  see: (field: Field, value: Scalar) => void,
): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    for (const member of value) eachLeaf(node, member, grow, register, see);
  } else if (typeof value === 'object') {
    const members = value as Record<string, unknown>;
    for (const name of Object.keys(members)) {
      eachLeaf(node.children.get(name) ?? grow(node, name), members[name], grow, register, see);
    }
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    see(node.field ?? register(node), value);
  }
}
