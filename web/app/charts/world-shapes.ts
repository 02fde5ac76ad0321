import { cutAtAntimeridian } from './antimeridian.ts';
import { project } from './projection.ts';
import { type Ring, ringsOf, type Topology, type TopologyShape } from './topology.ts';

export interface CountryShape {
  /** ISO 3166-1 alpha-2. */
  code: string;
  /** The path of a country, or where the dot of a small one stands. */
  drawn: { path: string } | { dot: [number, number] };
}

/** ISO 3166-1: alpha-2, alpha-3, numeric with leading zeros. */
export type IsoCodes = [alpha2: string, alpha3: string, number: string][];

/**
 * Every country as a shape for a map of the world: from the coarse atlas, which is light, and, for the island states
 * and city states that it leaves out, a dot from the finer one. Antarctica is left out: nobody downloads there.
 */
export function worldShapes(coarse: Topology, fine: Topology, codes: IsoCodes): CountryShape[] {
  const byNumber = new Map(codes.map(([alpha2, , number]) => [number, alpha2]));
  const codeOf = ({ id, properties }: TopologyShape) => {
    const code = id === undefined ? (properties.name === 'Kosovo' ? 'XK' : null) : (byNumber.get(id) ?? null);
    return code === 'AQ' ? null : code;
  };
  const shapes = new Map<string, CountryShape>();
  for (const shape of coarse.objects.countries.geometries) {
    const code = codeOf(shape);
    if (code !== null) shapes.set(code, { code, drawn: { path: pathOf(ringsOf(coarse, shape)) } });
  }
  for (const shape of fine.objects.countries.geometries) {
    const code = codeOf(shape);
    if (code === null || shapes.has(code)) continue;
    shapes.set(code, { code, drawn: { dot: centre(ringsOf(fine, shape)) } });
  }
  return [...shapes.values()];
}

/** One decimal at 960 units is a tenth of a pixel; points that fall together are left out. */
function pathOf(rings: Ring[]): string {
  return rings
    .flatMap(cutAtAntimeridian)
    .map((ring) => {
      let last = '';
      const points = ring.flatMap((point) => {
        const text = project(point)
          .map((value) => String(Number(value.toFixed(1))))
          .join(' ');
        if (text === last) return [];
        last = text;
        return [text];
      });
      return points.length < 3 ? '' : `M${points.join('L')}Z`;
    })
    .join('');
}

/** The middle of the largest ring's box: for a dot that is near enough. */
function centre(rings: Ring[]): [number, number] {
  const largest = rings.reduce((one, other) => (extent(other) > extent(one) ? other : one), rings[0] ?? []);
  const [west, east, south, north] = boxOf(largest);
  const [x, y] = project([(west + east) / 2, (south + north) / 2]);
  return [Number(x.toFixed(1)), Number(y.toFixed(1))];
}

function extent(ring: Ring): number {
  const [west, east, south, north] = boxOf(ring);
  return (east - west) * (north - south);
}

function boxOf(ring: Ring): [number, number, number, number] {
  const longitudes = ring.map(([longitude]) => longitude);
  const latitudes = ring.map(([, latitude]) => latitude);
  return [Math.min(...longitudes), Math.max(...longitudes), Math.min(...latitudes), Math.max(...latitudes)];
}
