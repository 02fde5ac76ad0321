/** Degrees. */
export interface Point {
  lat: number;
  lon: number;
}

/** The point of a record: `lat`/`lon` of the default metadata, else of the first organisation that has both. */
export function locationOf(record: unknown): Point | null {
  const register = memberOf(record, 'register');
  const metadata = listOf(memberOf(register, 'metadata'));
  const main = metadata.find((entry) => memberOf(entry, 'default') === true) ?? metadata[0];
  const places = [
    memberOf(main, 'record'),
    ...listOf(memberOf(register, 'organisation')).map((entry) => memberOf(entry, 'details')),
  ];
  for (const place of places) {
    const lat = memberOf(place, 'lat');
    const lon = memberOf(place, 'lon');
    if (typeof lat === 'number' && typeof lon === 'number') return { lat, lon };
  }
  return null;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

const earthRadius = 6_371_000;
const radians = Math.PI / 180;

/** Metres on a sphere of 6,371 km. */
export function distance(a: Point, b: Point): number {
  const dLat = (b.lat - a.lat) * radians;
  const dLon = (b.lon - a.lon) * radians;
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * Math.sin(dLon / 2) ** 2;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)));
}
