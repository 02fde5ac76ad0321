import type { House } from '../house.ts';
import { runCommand } from '../program.ts';

/** A house in which nothing happens; tests replace what they look at. */
const emptyHouse: House = {
  startServer: async () => ({ url: 'http://127.0.0.1:1', stop: async () => {} }),
  startDemoServer: async () => ({ url: 'http://127.0.0.1:1', stop: async () => {} }),
  startWorker: async () => ({ stop: async () => {} }),
  replay: async () => ({ evidence: 0, seconds: 0 }),
  listSetAside: async () => [],
  retrySetAside: async () => 0,
  loadDemo: async () => ({}),
  startDemoSite: async () => ({ address: '127.0.0.1', url: 'http://127.0.0.1:2', show() {}, stop() {} }),
};

/** Runs a command without a terminal and gives its exit code and what it wrote. */
export async function run(args: string[], env: Record<string, string> = {}, house: Partial<House> = {}) {
  const written = { out: '', err: '' };
  const code = await runCommand(args, {
    house: { ...emptyHouse, ...house },
    version: '1.2.3',
    terminal: {
      out: {
        write: (text, done) => {
          // One character a byte, so that a test can have the bytes back.
          written.out += typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
          done?.();
        },
      },
      err: { write: (text) => (written.err += text) },
      env,
      interrupted: async () => {},
      signal: new AbortController().signal,
    },
  });
  return { code, ...written };
}
