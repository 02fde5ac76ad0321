/** Where a reader has moved a map to. */
export interface View {
  center: [number, number];
  zoom: number;
}

interface Entry {
  mapView?: { points: string; view: View };
}

/** What the map of these points showed when the reader left this entry of the history; a new entry begins anew. */
export function keptView(points: string): View | null {
  const kept = (history.state as Entry | null)?.mapView;
  return kept?.points === points ? kept.view : null;
}

/** The way back to this entry leads to this view. */
export function keepView(points: string, view: View): void {
  history.replaceState({ ...(history.state as object | null), mapView: { points, view } }, '');
}
