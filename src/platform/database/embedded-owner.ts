import { readFile, stat } from 'node:fs/promises';
import { getuid, platform } from 'node:process';

/** The unprivileged user that PostgreSQL runs as when we are root. */
export interface Owner {
  uid: number;
  gid: number;
}

/** `nobody` on Linux. */
const nobody: Owner = { uid: 65534, gid: 65534 };

/**
 * PostgreSQL refuses to run as root. As root on Linux: the owner of the existing data folder, else the user
 * `postgres`, else `nobody`. Null when we are not root (or not on Linux) and it runs as ourselves.
 */
export async function chooseOwner(folder: string): Promise<Owner | null> {
  if (platform !== 'linux' || getuid?.() !== 0) return null;
  const existing = await stat(folder).catch(() => null);
  if (existing !== null && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const [, uid, gid] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(users) ?? [];
  return uid === undefined || gid === undefined ? nobody : { uid: Number(uid), gid: Number(gid) };
}
