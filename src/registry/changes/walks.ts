/** A reader that asks for no page within this time begins anew. */
const longestPauseMs = 3_600_000;
const mostWalks = 10_000;

/**
 * Remembers at which number of the register a reader of pages began, so that its later pages continue the same list.
 * A reader is known by what it asks for and where its next page starts. In memory: after a restart, or on another server, a
 * reader that follows the `next` link is served as before, for that link says the number.
 */
export function createWalks(now: () => number) {
  const walks = new Map<string, { seq: number; at: number }>();

  return {
    /** Where the reader that now asks for `from` began; null when it is not known. */
    beganAt(reader: string, from: number): number | null {
      const walk = walks.get(`${from} ${reader}`);
      return walk && now() - walk.at <= longestPauseMs ? walk.seq : null;
    },
    /** The reader was given what it needs to ask for `next`. */
    remember(reader: string, next: number, seq: number): void {
      const key = `${next} ${reader}`;
      walks.delete(key);
      walks.set(key, { seq, at: now() });
      if (walks.size > mostWalks) walks.delete(walks.keys().next().value ?? '');
    },
  };
}

export type Walks = ReturnType<typeof createWalks>;
