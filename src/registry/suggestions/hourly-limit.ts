const hourMs = 3_600_000;

/** Counts what each caller did within the last hour, in memory. Answers the seconds to wait, 0 when there is room. */
export function createHourlyLimit(most: number, now: () => number): (caller: string) => number {
  const times = new Map<string, number[]>();
  return (caller) => {
    const time = now();
    const recent = (times.get(caller) ?? []).filter((one) => one > time - hourMs);
    if (times.size > 10_000) times.clear();
    times.set(caller, recent);
    if (recent.length >= most) return Math.max(1, Math.ceil(((recent[0] ?? time) + hourMs - time) / 1000));
    recent.push(time);
    return 0;
  };
}
