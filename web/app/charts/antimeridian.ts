import type { Ring } from './topology.ts';

/** A ring that crosses 180° as rings that do not: Russia and Fiji would be smeared over the whole map otherwise. */
export function cutAtAntimeridian(ring: Ring): Ring[] {
  const unwrapped = unwrap(ring);
  const longitudes = unwrapped.map(([longitude]) => longitude);
  if (Math.max(...longitudes) <= 180 && Math.min(...longitudes) >= -180) return [unwrapped];
  return [-360, 0, 360]
    .map((turn) => unwrapped.map(([longitude, latitude]): Ring[number] => [longitude + turn, latitude]))
    .map((moved) => clip(clip(moved, -180, 1), 180, -1))
    .filter((part) => part.length >= 3);
}

/** No step of more than half the globe: a jump from 179° to -179° goes on to 181°. */
function unwrap(ring: Ring): Ring {
  let turn = 0;
  return ring.map(([longitude, latitude], place) => {
    const step = longitude - (ring[place - 1]?.[0] ?? longitude);
    if (step > 180) turn -= 360;
    if (step < -180) turn += 360;
    return [longitude + turn, latitude];
  });
}

/** What lies on one side of a meridian (Sutherland and Hodgman): `side` 1 keeps the east, -1 the west. */
function clip(ring: Ring, meridian: number, side: 1 | -1): Ring {
  const isInside = ([longitude]: Ring[number]) => (longitude - meridian) * side >= 0;
  return ring.flatMap((point, place) => {
    const before = ring.at(place - 1) ?? point;
    const crossing = isInside(before) === isInside(point) ? [] : [meeting(before, point, meridian)];
    return isInside(point) ? [...crossing, point] : crossing;
  });
}

function meeting(one: Ring[number], other: Ring[number], meridian: number): Ring[number] {
  const share = (meridian - one[0]) / (other[0] - one[0]);
  return [meridian, one[1] + share * (other[1] - one[1])];
}
