/**
 * Lets one after the other, each when the one before has ended, well or not: for what holds a connection while it needs another,
 * or so much memory that many at once would be too much.
 */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let before: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = before.then(work);
    before = mine.catch(() => undefined);
    return mine;
  };
}
