import type { RunStatement } from './intake-session.ts';

// A line whose number belongs to somebody else of the household is unreadable and still names the person.
const RETURNED = `update rnu_leaving l set returned_batch_id = $1
  from person p where p.id = l.person_id and l.returned_batch_id is null
    and exists (select 1 from staged_line s where s.person_ref = p.ref)`;

const UNREADABLE = `exists (
  select 1 from staged_line s where s.person_ref is null and strpos(upper(s.raw_line), upper(h.ref)) > 0)`;

const LEFT = `insert into rnu_leaving (person_id, left_batch_id, uncertain)
  select p.id, $1, $2::boolean and ${UNREADABLE}
    from person p join household h on h.id = p.household_id
   where not exists (select 1 from staged_line s where s.person_ref = p.ref)
     and not exists (select 1 from rnu_leaving l where l.person_id = p.id and l.returned_batch_id is null)
  returning uncertain`;

/** Known people who are not on a full list, and how many of them an unreadable line may name. */
export interface NotedLeavers {
  readonly left: number;
  readonly uncertain: number;
}

/**
 * Notes who is back, and, where the batch is a full list, which known people are no longer on it. Their enrolments,
 * covers and lines stay as they are.
 */
export async function noteLeavers(
  run: RunStatement,
  batchId: string,
  { fullList, unreadable }: { readonly fullList: boolean; readonly unreadable: number },
): Promise<NotedLeavers> {
  await run(RETURNED, [batchId]);
  if (!fullList) return { left: 0, uncertain: 0 };
  await run('analyze staged_line (person_ref)');
  const { rows } = await run<{ left: number; uncertain: number }>(
    `with gone as (${LEFT})
     select count(*)::int as left, (count(*) filter (where uncertain))::int as uncertain from gone`,
    [batchId, unreadable > 0],
  );
  return rows[0] ?? { left: 0, uncertain: 0 };
}
