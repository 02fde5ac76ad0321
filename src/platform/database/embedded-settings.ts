import { totalmem } from 'node:os';
import { constrainedMemory } from 'node:process';

const mebibyte = 1024 * 1024;

/** Bytes of memory this process may count on: of the machine, or of its container. */
export function usableMemory(): number {
  const limit = constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/**
 * Settings of the embedded server, for a machine with 2 cores that it shares with Node.
 * `durable: false` is for tests: a power cut may lose everything.
 */
export function serverSettings(memory: number, durable: boolean): Record<string, string> {
  const share = (part: number, least: number, most: number) =>
    `${Math.round(Math.min(Math.max((memory * part) / mebibyte, least), most))}MB`;
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: durable ? share(1 / 8, 32, 256) : '64MB',
    effective_cache_size: share(1 / 2, 128, 1024 * 1024),
    work_mem: share(1 / 64, 4, 32),
    maintenance_work_mem: share(1 / 16, 32, 256),
    max_wal_size: '2GB',
    // Pages are written to the log whole after each checkpoint; compressing them took a quarter of what applying deposits costs
    // PostgreSQL.
    wal_compression: 'off',
    checkpoint_completion_target: '0.9',
    random_page_cost: '1.1',
    // Compiling costs more than it gives for statements of a few milliseconds.
    jit: 'off',
    password_encryption: 'scram-sha-256',
    log_checkpoints: 'off',
    log_timezone: 'UTC',
    ...(durable
      ? {}
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }),
  };
}
