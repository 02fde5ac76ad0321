import postgres from 'postgres';

/** Copies the template database; answers the connection string of the copy. */
export async function cloneTemplate(templateUrl: string, name: string): Promise<string> {
  const template = databaseOf(templateUrl);
  await asAdministrator(templateUrl, async (sql) => {
    // Copying files is much quicker than logging each page where the files are in memory; see `quickestPlace`.
    await sql`create database ${sql(name)} template ${sql(template)} strategy file_copy`;
  });
  return withDatabase(templateUrl, name);
}

/** Drops the copy, ending whatever is still connected to it. */
export async function dropClone(templateUrl: string, name: string): Promise<void> {
  await asAdministrator(templateUrl, async (sql) => {
    await sql`drop database if exists ${sql(name)} with (force)`;
  });
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

/** Works on the database `postgres`, because a database with connections cannot be copied or dropped. */
export async function asAdministrator(
  url: string,
  work: (sql: postgres.Sql) => Promise<void>,
): Promise<void> {
  const sql = postgres(withDatabase(url, 'postgres'), { max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
