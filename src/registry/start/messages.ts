import type { LogLevel } from '../../platform/config/index.ts';
import type { CatalogueBatch } from '../catalogue-batch.ts';
import type { RecordBatch, RecordsEnd } from '../search/index.ts';

/** What the reading thread is given. */
export interface ReadingData {
  databaseUrl: string;
  dataDir: string;
  logLevel: LogLevel;
  /** Only what was written up to this number is read: a record that is written meanwhile would come twice. */
  until: number;
}

/** What it tells. It reads on when it is told that a batch was taken. */
export type ReadingMessage =
  | { kind: 'batch'; records: RecordBatch; catalogue: CatalogueBatch }
  | { kind: 'end'; end: RecordsEnd };
