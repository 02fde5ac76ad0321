import type { AlmanacClient } from '../client/index.ts';
import type { ImportProgress } from '../importers/index.ts';
import type { Config } from '../platform/config/index.ts';
import type { Log } from '../platform/log/index.ts';

/** Something that runs until it is told to stop. */
export interface Running {
  /** Finishes what is in flight; resolves within 10 s. */
  stop(): Promise<void>;
}

export interface RunningServer extends Running {
  /** Where it listens, `http://HOST:PORT` without a trailing slash. */
  url: string;
}

export interface ReplayResult {
  evidence: number;
  seconds: number;
}

/** Evidence whose processing failed, kept out of the way until somebody asks for it again. */
export interface SetAside {
  id: string;
  kind: string;
  account: string;
  /** `YYYY-MM-DDTHH:MM:SSZ` */
  received_at: string;
  reason: string;
}

export interface DemoSite {
  /** The address that the server must be allowed to reach. */
  address: string;
  url: string;
  show(pages: readonly { path: string; html: string }[]): void;
  stop(): void;
}

/** What the command line asks of the application (`src/app.ts`). All of it throws one-line errors a person can read. */
export interface House {
  startServer(config: Config, log: Log): Promise<RunningServer>;
  /** A server whose sources of compliance are bundled ones that know the sample's articles, so that it works offline. */
  startDemoServer(config: Config, log: Log): Promise<RunningServer>;
  startWorker(config: Config, log: Log): Promise<Running>;
  /** Builds every derived table anew from the evidence. */
  replay(config: Config, log: Log, progress: ImportProgress): Promise<ReplayResult>;
  listSetAside(config: Config, log: Log): Promise<SetAside[]>;
  /** Puts set-aside evidence back in the queue (all of it when `ids` is empty); answers how many. */
  retrySetAside(config: Config, log: Log, ids: string[]): Promise<number>;
  /** Loads the bundled sample through the public API; what it answers is shown as `--json` gives it. */
  loadDemo(
    client: AlmanacClient,
    url: string,
    progress: ImportProgress,
    site: DemoSite,
  ): Promise<Record<string, unknown>>;
  /** Serves the sample's invented web pages at an address of this machine. */
  startDemoSite(): Promise<DemoSite>;
}
