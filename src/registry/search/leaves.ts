import type { Scalar } from './order.ts';

/** A path that was met, in the tree of paths by name; one with values of its own has a field. */
export interface PathNode<F> {
  path: string;
  children: Map<string, PathNode<F>>;
  field: F | undefined;
}

/** The paths that were met so far, and what is kept of each that has values. */
export interface Paths<F> {
  root: PathNode<F>;
  /** How many are in the tree. */
  count: number;
  fields: Map<string, F>;
  /** Takes the values of paths beyond the limit, so that `_all` has them. */
  overflow: F;
}

/** Paths of admin data beyond this many are found through `_all` only: it may use what it likes as names. */
const mostPaths = 20_000;

/** So many names of each account are paths in any case: what strangers do with theirs must not keep importers from their own. */
const mostOwnNames = 100;

export const createPaths = <F>(overflow: F): Paths<F> => ({
  root: { path: '', children: new Map(), field: undefined },
  count: 0,
  fields: new Map(),
  overflow,
});

/**
 * Calls `see` for every string, number and boolean of a document with the field of its path; lists are walked through.
 * @param create makes the field of a path with its first value.
 */
export function eachLeaf<F>(
  paths: Paths<F>,
  document: object | undefined,
  create: (path: string) => F,
  see: (field: F, value: Scalar) => void,
): void {
  walk(paths, paths.root, document, create, see);
}

function walk<F>(
  paths: Paths<F>,
  node: PathNode<F>,
  value: unknown,
  create: (path: string) => F,
  see: (field: F, value: Scalar) => void,
): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    for (const member of value) walk(paths, node, member, create, see);
  } else if (typeof value === 'object') {
    const members = value as Record<string, unknown>;
    // Without a list of the names of each object; it is read from JSON and inherits nothing.
    for (const name in members) {
      walk(paths, node.children.get(name) ?? grow(paths, node, name), members[name], create, see);
    }
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    see(node.field ?? register(paths, node, create), value);
  }
}

function grow<F>(paths: Paths<F>, parent: PathNode<F>, name: string): PathNode<F> {
  const path = parent.path === '' ? name : `${parent.path}.${name}`;
  const node: PathNode<F> = { path, children: new Map(), field: undefined };
  if (paths.count >= mostPaths && path.startsWith('admin.') && !isOwnName(parent))
    node.field = paths.fields.get(path) ?? paths.overflow;
  else {
    paths.count++;
    parent.children.set(name, node);
  }
  return node;
}

/** Whether a name below this node is an account, or one of the first names that it uses. */
const isOwnName = ({ path, children }: PathNode<unknown>): boolean =>
  path === 'admin' || (/^admin\.[^.]*$/.test(path) && children.size < mostOwnNames);

/** Names may hold dots, so two nodes may share a path and then a field. */
function register<F>(paths: Paths<F>, node: PathNode<F>, create: (path: string) => F): F {
  const field = paths.fields.get(node.path) ?? create(node.path);
  paths.fields.set(node.path, field);
  node.field = field;
  return field;
}
