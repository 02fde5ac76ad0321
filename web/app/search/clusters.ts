export interface MapPoint {
  id: string;
  name: string;
  x: number;
  y: number;
}

export interface Cluster {
  x: number;
  y: number;
  count: number;
  /** Names, at most `mostNamed`. */
  names: string[];
  /** Of the only one in it. */
  id: string | null;
}

const mostNamed = 3;

/**
 * Points that share a cell of the grid are one cluster, in the middle of its points: O(n), and the same points always
 * give the same clusters. The largest come first, so that smaller ones are drawn on top.
 * @param cell width of a cell, in the units of the points.
 */
export function clusters(points: MapPoint[], cell: number): Cluster[] {
  const cells = Map.groupBy(points, ({ x, y }) => `${Math.floor(x / cell)} ${Math.floor(y / cell)}`);
  return [...cells.values()]
    .map((members): Cluster => {
      const middle = (of: (point: MapPoint) => number) =>
        Math.round((members.reduce((sum, one) => sum + of(one), 0) / members.length) * 10) / 10;
      const [only] = members;
      return {
        x: middle(({ x }) => x),
        y: middle(({ y }) => y),
        count: members.length,
        names: members.slice(0, mostNamed).map(({ name }) => name),
        id: members.length === 1 && only !== undefined ? only.id : null,
      };
    })
    .sort((one, other) => other.count - one.count || one.x - other.x || one.y - other.y);
}
