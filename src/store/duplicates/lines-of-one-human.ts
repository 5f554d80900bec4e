import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** Lines that strong links join to one, this one included. */
export interface LinesOfOneHuman {
  /** RNU references in order; the first ones of a group that is larger than the limit. */
  readonly references: readonly string[];
  /** There are more: such a group is somebody's filler rather than one human, and is looked at as a whole. */
  readonly more: boolean;
}

export interface ClosureLimits {
  /** Probability from which a link is followed: closing over weaker ones joins strangers in a few steps. */
  readonly linkFrom: number;
  /** Largest group that is listed whole. */
  readonly most: number;
}

/**
 * Everybody whom strong suspicions join to a line, directly or through others. Links in force only: both lines as they
 * were compared, not declared two people.
 */
export async function linesOfOneHuman(
  db: Executor,
  personId: string,
  { linkFrom, most }: ClosureLimits,
): Promise<LinesOfOneHuman> {
  // A step at a time, so that the walk ends as soon as the group is too large.
  const known = new Set([personId]);
  let edge = [personId];
  while (edge.length > 0 && known.size <= most) {
    edge = (await strongNeighbours(db, edge, linkFrom, most + 1)).filter((id) => !known.has(id));
    for (const id of edge) known.add(id);
  }
  const { rows } = await sql<{ ref: string }>`
    select ref from person where id = any(${[...known]}::bigint[]) order by ref limit ${most}`.execute(db);
  return { references: rows.map(({ ref }) => ref), more: known.size > most };
}

async function strongNeighbours(
  db: Executor,
  personIds: readonly string[],
  linkFrom: number,
  most: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with link as (
      select person_id as one, other_id as other, content_hash as one_hash, other_hash from suspected_duplicate
       where person_id = any(${[...personIds]}::bigint[]) and probability >= ${linkFrom}
      union
      select other_id, person_id, other_hash, content_hash from suspected_duplicate
       where other_id = any(${[...personIds]}::bigint[]) and probability >= ${linkFrom}
    )
    select distinct link.other as id from link
      join person p on p.id = link.one and p.content_hash = link.one_hash
      join person o on o.id = link.other and o.content_hash = link.other_hash
     where not exists (select 1 from link_broken b
                        where b.person_a = least(link.one, link.other) and b.person_b = greatest(link.one, link.other))
     order by 1 limit ${most}`.execute(db);
  return rows.map(({ id }) => id);
}
