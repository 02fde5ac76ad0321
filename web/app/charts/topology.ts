/** What we read of a TopoJSON file (the TopoJSON format specification, sections 2.1 to 2.3). */
export interface Topology {
  transform: { scale: [number, number]; translate: [number, number] };
  arcs: [number, number][][];
  objects: { countries: { geometries: TopologyShape[] } };
}

export interface TopologyShape {
  /** ISO 3166-1 numeric, with leading zeros; absent for a few disputed areas. */
  id?: string;
  type: string;
  arcs?: number[][] | number[][][];
  properties: { name: string };
}

export type Ring = [longitude: number, latitude: number][];

/** The rings of one shape, holes included, in degrees. Arcs are differences, and `~3` is the third arc backwards. */
export function ringsOf({ transform, arcs }: Topology, shape: TopologyShape): Ring[] {
  return polygonsOf(shape).map((ring) =>
    ring.flatMap((place, position) => {
      const forward = place >= 0;
      const line = absolute(arcs[forward ? place : ~place] ?? [], transform);
      if (!forward) line.reverse();
      // The end of an arc is the beginning of the next one.
      return position === 0 ? line : line.slice(1);
    }),
  );
}

function polygonsOf({ type, arcs = [] }: TopologyShape): number[][] {
  if (type === 'Polygon') return arcs as number[][];
  return type === 'MultiPolygon' ? (arcs as number[][][]).flat() : [];
}

function absolute(arc: [number, number][], { scale, translate }: Topology['transform']): Ring {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
}
