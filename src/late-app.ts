import { beginServer } from './composition/begin-server.ts';
import type { Config } from './platform/config/index.ts';
import type { Log } from './platform/log/index.ts';

type App = typeof import('./app.ts');
type Given<
  Name extends 'startDemoServer' | 'startWorker' | 'replay' | 'listSetAside' | 'retrySetAside' | 'loadDemo',
> = Parameters<App[Name]>;

const app = (): Promise<App> => import('./app.ts');

/**
 * `app.ts` for the command line, loaded when a command needs it. What of a server works outside this thread begins before that,
 * and goes on in the half second that loading takes.
 */
export const lateApp = {
  async startServer(config: Config, log: Log) {
    const beginning = beginServer(config, log);
    await beginning.underWay;
    const { startServer } = await app();
    return startServer(config, log, undefined, undefined, beginning);
  },
  startDemoServer: async (...all: Given<'startDemoServer'>) => (await app()).startDemoServer(...all),
  startWorker: async (...all: Given<'startWorker'>) => (await app()).startWorker(...all),
  replay: async (...all: Given<'replay'>) => (await app()).replay(...all),
  listSetAside: async (...all: Given<'listSetAside'>) => (await app()).listSetAside(...all),
  retrySetAside: async (...all: Given<'retrySetAside'>) => (await app()).retrySetAside(...all),
  loadDemo: async (...all: Given<'loadDemo'>) => (await app()).loadDemo(...all),
  startDemoSite: async () => (await app()).startDemoSite(),
};
