/**
 * SIGTERM and SIGINT ask for an orderly end; a second SIGINT, or ten seconds, end it at once.
 * SIGKILL of the process that started us (an older Node, see bin/almanac.js) closes the channel to it: we end too.
 */
export function interruption(): { signal: AbortSignal; interrupted: () => Promise<void> } {
  const controller = new AbortController();
  const { promise, resolve } = Promise.withResolvers<void>();
  const ask = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
    resolve();
    // Nothing acknowledged is lost by this: it is what SIGKILL would do.
    setTimeout(() => process.exit(0), 9500).unref();
  };
  process.on('SIGTERM', ask);
  process.on('SIGINT', ask);
  if (process.channel) {
    process.on('disconnect', () => process.exit(137));
    process.channel.unref();
  }
  return {
    signal: controller.signal,
    async interrupted() {
      // A pending promise alone does not keep the process alive.
      const alive = setInterval(() => {}, 60_000);
      await promise;
      clearInterval(alive);
    },
  };
}
