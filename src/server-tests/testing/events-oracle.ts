import type { Deposit } from '../../client/index.ts';

/**
 * The rules of events as they are worded, one deposit after the other, over plain lists: slow, and sharing nothing with
 * production. Knows increments, deletes, restores and works joined by a DOI and a PMID; bare identifiers only.
 */
export function createEventsOracle() {
  interface Work {
    ids: string[];
    joined: Work | null;
  }
  interface Said {
    id: string;
    account: string;
    from: Work;
    to: Work;
    relation: string;
    source: string;
    at: string;
    total: number;
    alive: boolean;
    merged: boolean;
  }
  const works: Work[] = [];
  const events: Said[] = [];

  const final = (work: Work): Work => (work.joined === null ? work : final(work.joined));
  const owner = (id: string): Work | undefined => {
    const found = works.find((work) => work.joined === null && work.ids.includes(id));
    return found;
  };
  const hasDoi = (work: Work): boolean => work.ids.some((id) => id.startsWith('doi:'));

  function workOf(ids: string[]): Work {
    const [first = '', second] = ids;
    const owners = [first, second].flatMap((id) => (id === undefined ? [] : [owner(id)]));
    // A DOI that nobody has is never of a work with another DOI.
    const isNewDoi = first.startsWith('doi:') && owners[0] === undefined;
    const taken = owners.flatMap((work) => (work === undefined || (isNewDoi && hasDoi(work)) ? [] : [work]));
    let [work] = taken;
    for (const other of taken.slice(1)) {
      if (work === undefined || other === work || (hasDoi(work) && hasDoi(other))) continue;
      const [older, younger] = works.indexOf(work) < works.indexOf(other) ? [work, other] : [other, work];
      older.ids.push(...younger.ids);
      younger.joined = older;
      work = older;
    }
    if (work === undefined) {
      work = { ids: [], joined: null };
      works.push(work);
    }
    for (const id of ids) if (owner(id) === undefined) work.ids.push(id);
    return work;
  }

  const sameKey = (a: Said, b: Said): boolean =>
    final(a.from) === final(b.from) &&
    final(a.to) === final(b.to) &&
    a.relation === b.relation &&
    a.source === b.source &&
    a.at === b.at;

  const isLive = (event: Said): boolean => event.alive && !event.merged;

  /** Of live events that say the same, the earliest stays. */
  function merge(): void {
    for (const [index, event] of events.entries())
      if (isLive(event) && events.slice(0, index).some((other) => isLive(other) && sameKey(other, event)))
        event.merged = true;
  }

  return {
    take(deposit: Deposit, account: string): void {
      const { uuid = '', message_action: action = 'create' } = deposit;
      const known = events.find(({ id }) => id === uuid);
      if (action !== 'create') {
        if (known === undefined || known.account !== account) return;
        if (action === 'delete') known.alive = false;
        else if (!known.alive) {
          known.alive = true;
          known.merged = false;
          if (events.some((other) => other !== known && isLive(other) && sameKey(other, known)))
            known.alive = false;
        }
        return;
      }
      const subject = workOf([deposit.subj_id ?? '']);
      const asserted = deposit.obj?.PMID;
      const object = workOf([deposit.obj_id ?? '', ...(asserted === undefined ? [] : [`pmid:${asserted}`])]);
      merge();
      const isInverse = deposit.relation_type_id === 'is_cited_by';
      const said: Said = {
        id: uuid,
        account,
        from: isInverse ? object : subject,
        to: isInverse ? subject : object,
        relation: isInverse ? 'cites' : (deposit.relation_type_id ?? ''),
        source: deposit.source_id ?? '',
        at: deposit.occurred_at ?? '',
        total: deposit.total ?? 1,
        alive: true,
        merged: false,
      };
      if (known !== undefined && (known.account !== account || !known.alive)) return;
      const same = events.some((other) => other !== known && isLive(other) && sameKey(other, said));
      if (known === undefined) {
        if (!same) events.push(said);
        return;
      }
      if (known.merged && same) return;
      Object.assign(known, said, { merged: same });
    },

    /** Totals by identifier of the work that any of `ids` leads to: `source relation` to total, events and subjects. */
    totals(id: string): Record<string, { total: number; events: number; subjects: number }> {
      const work = owner(id);
      const found: Record<string, { total: number; events: number; subjects: number }> = {};
      const others = new Map<string, Set<Work>>();
      for (const event of events) {
        if (!isLive(event) || work === undefined || final(event.to) !== work || final(event.from) === work)
          continue;
        const key = `${event.source} ${event.relation}`;
        const figures = found[key] ?? { total: 0, events: 0, subjects: 0 };
        found[key] = figures;
        const subjects = others.get(key) ?? new Set();
        others.set(key, subjects);
        subjects.add(final(event.from));
        figures.total += event.total;
        figures.events++;
        figures.subjects = subjects.size;
      }
      return found;
    },
  };
}
