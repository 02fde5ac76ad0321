/**
 * Every advisory lock of the project, in one place so that no two meanings share a number.
 * Advisory locks belong to one database of one PostgreSQL server. 0x616c6d = "alm".
 */
export const lockKeys = {
  /** One migration at a time. */
  migrate: 0x616c6d_01,
  /** The one server of a data folder (with `DATABASE_URL`: of a host and folder, see `server-lock.ts`). */
  server: 0x616c6d_02,
  /** Shared by every process that uses the embedded server; who gets it alone may stop that server. */
  embeddedUsers: 0x616c6d_03,
  /** One change of the list of export files at a time. */
  exports: 0x616c6d_04,
} as const;
