import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mapHeight, mapWidth } from './projection.ts';
import type { Topology } from './topology.ts';
import { type CountryShape, worldShapes } from './world-shapes.ts';

let shapes: CountryShape[] | null = null;
let file: string | null = null;

/** The countries of the bundled atlas; read once, 0.9 MB of JSON. */
export function world(): CountryShape[] {
  shapes ??= worldShapes(
    atlas('countries-110m'),
    atlas('countries-50m'),
    readPackage('i18n-iso-countries/codes.json'),
  );
  return shapes;
}

/** Codes of the countries the map can show. */
export function countriesOnMap(): Set<string> {
  return new Set(world().map(({ code }) => code));
}

/**
 * One SVG file with every country as a symbol under its code. Pages point into it (`<use href="…#FR">`), so that the
 * shapes travel once, whatever the number of maps, and take their colours from the page.
 */
export function worldFile(): string {
  file ??=
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${mapWidth} ${mapHeight}"><defs><g id="world">` +
    `${world().map(element).join('')}</g></defs></svg>`;
  return file;
}

export function element({ code, drawn }: CountryShape): string {
  if ('path' in drawn) return `<path id="${code}" d="${drawn.path}"/>`;
  return `<circle id="${code}" cx="${drawn.dot[0]}" cy="${drawn.dot[1]}" r="3"/>`;
}

function atlas(name: string): Topology {
  return readPackage(`world-atlas/${name}.json`);
}

/** Read and not imported: it is needed once, and a bundle would carry it for good. */
function readPackage<T>(path: string): T {
  return JSON.parse(readFileSync(createRequire(import.meta.url).resolve(path), 'utf8'));
}
