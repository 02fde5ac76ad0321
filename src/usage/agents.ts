import type { TransactionSql } from 'postgres';
import { keyOf } from '../works/index.ts';
import type { RobotsList } from './rules/index.ts';

/** Distinct user agents as numbers, with the robots list's verdict on each; 0 = unknown. */
export interface Agents {
  numbers(tx: TransactionSql, agents: Iterable<string>): Promise<(agent: string | undefined) => number>;
  forget(): void;
}

const REMEMBERED = 50_000;

export function createAgents(robots: RobotsList): Agents {
  const remembered = new Map<string, number>();
  return {
    async numbers(tx, agents) {
      const asked = [...new Set(agents)].filter((agent) => !remembered.has(agent));
      if (remembered.size + asked.length > REMEMBERED) remembered.clear();
      const found = new Map<string, number>();
      if (asked.length > 0) {
        const rows = asked.map((agent) => ({ agent, key: keyOf(agent), robot: robots.isRobot(agent) }));
        const known = await tx<{ agent_id: number; agent: string }[]>`
          with asked as (
            select * from unnest(${rows.map((r) => r.key)}::uuid[], ${rows.map((r) => r.agent)}::text[], ${rows.map((r) => String(r.robot))}::text[])
              as a (key, agent, robot)
          ), added as (
            insert into usage_agents (key, agent, robot, list_sha256)
            select key, agent, robot::boolean, ${robots.sha256} from asked order by key
            on conflict (key) do nothing
            returning agent_id, agent
          )
          select agent_id, agent from added
          union all
          select u.agent_id, u.agent from usage_agents u join asked using (key)`;
        for (const row of known) found.set(row.agent, row.agent_id);
        if (found.size <= REMEMBERED) for (const [agent, number] of found) remembered.set(agent, number);
      }
      return (agent) => (agent === undefined ? 0 : (remembered.get(agent) ?? found.get(agent) ?? 0));
    },
    forget: () => remembered.clear(),
  };
}
