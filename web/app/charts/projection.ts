// The Natural Earth projection (Patterson, Šavrič): it shows the whole world without blowing up the north.

export const mapWidth = 960;
const northernmost = 84;
const southernmost = -57;
const scale = mapWidth / (2 * Math.PI * 0.8707);
const top = vertical(northernmost);

export const mapHeight = Math.ceil((top - vertical(southernmost)) * scale);

/** Longitude and latitude in degrees to a point of a map of `mapWidth` by `mapHeight`, y downwards. */
export function project([longitude, latitude]: [number, number]): [number, number] {
  const phi = radians(Math.max(southernmost, Math.min(northernmost, latitude)));
  const square = phi * phi;
  const fourth = square * square;
  const x =
    radians(longitude) *
    (0.8707 - 0.131979 * square + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth)));
  return [mapWidth / 2 + x * scale, (top - vertical(latitude)) * scale];
}

function vertical(latitude: number): number {
  const phi = radians(Math.max(southernmost, Math.min(northernmost, latitude)));
  const square = phi * phi;
  const fourth = square * square;
  return (
    phi * (1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth)))
  );
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
