import { cutAtAntimeridian } from '../charts/antimeridian.ts';
import { ringsOf, type Topology } from '../charts/topology.ts';

/** The countries of an atlas as GeoJSON. Each ring is a polygon of its own: an enclave is land like what surrounds it. */
export function countriesOf(topology: Topology) {
  const features = topology.objects.countries.geometries.flatMap((shape) =>
    ringsOf(topology, shape)
      .flatMap(cutAtAntimeridian)
      .map((ring) => ({
        type: 'Feature' as const,
        properties: { name: shape.properties.name },
        geometry: { type: 'Polygon' as const, coordinates: [ring] },
      })),
  );
  return { type: 'FeatureCollection' as const, features };
}
