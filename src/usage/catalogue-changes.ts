import type { CatalogueListener } from '../works/index.ts';

/** What usage does when the catalogue changes: facts move with joined works, roll-ups follow authorship. */
export const followCatalogue: CatalogueListener = {
  async worksJoined(tx, joins) {
    const pairs = tx`unnest(${joins.map((j) => j.from)}::bigint[], ${joins.map((j) => j.to)}::bigint[]) as m (old_id, new_id)`;
    await tx`
      with moved as (
        update usage_events e set work_id = m.new_id from ${pairs} where e.work_id = m.old_id
        returning m.old_id, m.new_id, e.day
      )
      insert into usage_dirty_days (work_id, day)
      select distinct old_id, day from moved
      union
      select distinct new_id, day from moved`;
    // Days that hold figures but no fact any more.
    await tx`
      insert into usage_dirty_days (work_id, day)
      select distinct w.work_id, w.day from usage_work_days w join ${pairs} on w.work_id = m.old_id`;
  },

  async entitiesChanged(tx, pairs) {
    // Days that are being recomputed right now are not yet among the figures, but in the same snapshot still among the
    // marks: the roller does not see these pairs, so without the second part a new scholar would miss those days.
    await tx`
      with changed as (
        select * from unnest(${pairs.map((p) => p.work_id)}::bigint[], ${pairs.map((p) => p.entity_id)}::bigint[]) as p (work_id, entity_id)
      )
      insert into usage_dirty_entities (entity_id, day)
      select c.entity_id, w.day from changed c join usage_work_days w using (work_id)
      union
      select c.entity_id, d.day from changed c join usage_dirty_days d using (work_id)`;
  },
};
