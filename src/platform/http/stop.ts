import type { App } from './app.ts';

/** Answers that leave while the server stops tell the client not to send more on the connection. */
export function closeConnectionsOnStop(app: App): void {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close');
  });
}

/**
 * Takes no new connections and waits for what is in flight; what is not done after `milliseconds` is cut off.
 * @returns whether everything was finished in time.
 */
export async function stopHttp(app: App, milliseconds = 8000): Promise<boolean> {
  let inTime = true;
  const deadline = setTimeout(() => {
    inTime = false;
    app.server.closeAllConnections();
  }, milliseconds);
  await app.close();
  clearTimeout(deadline);
  return inTime;
}
