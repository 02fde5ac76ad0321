/** A time as answers print it: UTC, whole seconds, `YYYY-MM-DDTHH:MM:SSZ`. Takes a Date or milliseconds since 1970. */
export function isoSeconds(time: Date | number): string {
  return `${new Date(time).toISOString().slice(0, -5)}Z`;
}
