export { copyRows, listOf, type RowWriter } from './copy-rows.ts';
export { type Binaries, findBinaries } from './embedded-binaries.ts';
export { type DatabaseFault, errorCode, isDatabaseAway, isDatabaseFault, isTransient } from './errors.ts';
export { lockKeys } from './lock-keys.ts';
export type { Log } from './log.ts';
export { migrate } from './migrate.ts';
export { type Database, type DatabaseOptions, openDatabase } from './open.ts';
export type { Queries, Sql, TransactionSql } from './pool.ts';
export type { ServerLockOutcome } from './server-lock.ts';
