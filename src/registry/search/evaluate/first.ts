/** The first `most` of some integers in an order, sorted, without sorting the others. */
export function firstInOrder(
  items: Int32Array,
  most: number,
  compare: (a: number, b: number) => number,
): Int32Array {
  if (most <= 0) return new Int32Array(0);
  if (most * 4 >= items.length) return items.slice().sort(compare).subarray(0, most);
  // A heap with the last of the best on top.
  const heap = items.slice(0, most).sort((a, b) => compare(b, a));
  for (let i = most; i < items.length; i++) {
    const item = items[i] ?? 0;
    if (compare(item, heap[0] ?? 0) < 0) sink(heap, item, compare);
  }
  return heap.sort(compare);
}

function sink(heap: Int32Array, item: number, compare: (a: number, b: number) => number): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && compare(heap[child + 1] ?? 0, heap[child] ?? 0) > 0) child++;
    if (compare(heap[child] ?? 0, item) <= 0) break;
    heap[at] = heap[child] ?? 0;
    at = child;
  }
  heap[at] = item;
}
