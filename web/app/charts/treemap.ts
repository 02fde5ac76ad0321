export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Areas in proportion to values, nearly square (Bruls, Huizing, van Wijk: Squarified Treemaps, 2000): rows are filled along
 * the shorter side as long as that makes their worst box less narrow.
 * @param values none negative, the largest first; answered in the same order.
 */
export function squarify(values: number[], space: Box): Box[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total === 0) return values.map(() => ({ ...space, width: 0, height: 0 }));
  const areas = values.map((value) => (value / total) * space.width * space.height);
  const boxes: Box[] = [];
  let rest = space;
  for (let from = 0; from < areas.length; ) {
    const side = Math.min(rest.width, rest.height);
    let to = from + 1;
    while (to < areas.length && worst(areas.slice(from, to + 1), side) <= worst(areas.slice(from, to), side))
      to++;
    rest = placeRow(areas.slice(from, to), rest, boxes);
    from = to;
  }
  return boxes;
}

/** The ratio of the narrowest box of a row along `side`. */
function worst(areas: number[], side: number): number {
  const sum = areas.reduce((all, area) => all + area, 0);
  const [largest, smallest] = [Math.max(...areas), Math.min(...areas)];
  if (smallest === 0) return Number.POSITIVE_INFINITY;
  return Math.max((side * side * largest) / (sum * sum), (sum * sum) / (side * side * smallest));
}

/** Places a row at the left or the top; answers the space that is left. */
function placeRow(areas: number[], { x, y, width, height }: Box, boxes: Box[]): Box {
  const sum = areas.reduce((all, area) => all + area, 0);
  const isColumn = width >= height;
  const thick = isColumn ? sum / height : sum / width;
  let before = isColumn ? y : x;
  for (const area of areas) {
    const long = thick === 0 ? 0 : area / thick;
    boxes.push(
      isColumn ? { x, y: before, width: thick, height: long } : { x: before, y, width: long, height: thick },
    );
    before += long;
  }
  return isColumn
    ? { x: x + thick, y, width: Math.max(0, width - thick), height }
    : { x, y: y + thick, width, height: Math.max(0, height - thick) };
}
