import type { Sql } from 'postgres';
import type { RobotsList } from './rules/index.ts';

/** Verdicts are read and written in pieces, so that memory does not grow with the number of user agents. */
const AGENTS_AT_ONCE = 5_000;

/**
 * Applies a robots list to every user agent that was judged by another one, and marks the work-days of those whose
 * verdict changes, so that history is re-stated without any event sent again (specification §4.2). Done at start;
 * answers how many verdicts changed.
 */
export async function applyRobotsList(sql: Sql, robots: RobotsList): Promise<number> {
  let changed = 0;
  for (;;) {
    const done = await sql.begin(async (tx) => {
      const rows = await tx<{ agent_id: number; agent: string; robot: boolean }[]>`
        select agent_id, agent, robot from usage_agents
        where list_sha256 <> ${robots.sha256}
        order by agent_id limit ${AGENTS_AT_ONCE} for update`;
      if (rows.length === 0) return true;
      const turned = rows.filter((row) => robots.isRobot(row.agent) !== row.robot).map((row) => row.agent_id);
      await tx`
        update usage_agents set list_sha256 = ${robots.sha256}, robot = (agent_id = any(${turned}::integer[])) <> robot
        where agent_id = any(${rows.map((row) => row.agent_id)}::integer[])`;
      if (turned.length > 0) {
        // The day before as well: a shadow of the next day's first seconds may take a click, or give it back.
        await tx`
          insert into usage_dirty_days (work_id, day)
          select distinct work_id, day from usage_events where agent_id = any(${turned}::integer[])`;
        changed += turned.length;
      }
      return false;
    });
    if (done) return changed;
  }
}
