import type { RunStatement } from './intake-session.ts';

/**
 * What becomes of each staged line:
 * - `unreadable`;
 * - `same-content`, `other-content`: the person was on an earlier line of this delivery, which stands;
 * - `unchanged`: known, nothing new, and already enrolled or being enrolled in this campaign;
 * - `new`, `changed`, `resumed` (known and unchanged, but not yet in this campaign): there is work to do.
 */
export type LineFate = 'unreadable' | 'same-content' | 'other-content' | 'unchanged' | 'new' | 'changed' | 'resumed';

/** How many lines met each fate, and what they speak of. */
export interface LineCounts {
  readonly fates: Readonly<Record<LineFate, number>>;
  readonly households: number;
  readonly people: number;
}

// Most people stand on one line; only those on several need to be brought in order.
const FIND_REPEATED = `create temporary table repeated_ref on commit drop as
  select person_ref from staged_line where code is null group by person_ref having count(*) > 1`;

// Two lines of one household and order number speak of one person only while they begin with the same first name:
// otherwise a second person would disappear as a repetition of the first.
const MARK_SHARED_NUMBERS = `with ranked as (
    select line_number, split_part(upper(full_name), ' ', 1) as name,
      first_value(split_part(upper(full_name), ' ', 1)) over (partition by person_ref collate "C" order by line_number)
        as first_name
    from staged_line where code is null and person_ref in (select person_ref from repeated_ref))
  update staged_line s set code = $1, field = $2, explanation = $3, remedy = $4
  from ranked r where r.line_number = s.line_number and r.name <> r.first_name`;

/** What is said of a line whose number belongs to somebody else of the household. */
export interface SharedNumberProblem {
  readonly code: string;
  readonly field: string;
  readonly explanation: string;
  readonly remedy: string;
}

// Ordering by bytes halves the sort; the order has no meaning beyond bringing a person's lines together.
const CLASSIFY = `create temporary table line_fate on commit drop as
  with ranked as (
    select line_number, household_no, person_ref, content_hash, 1 as rank, content_hash as first_hash
    from staged_line s
    where code is null and not exists (select from repeated_ref r where r.person_ref = s.person_ref)
    union all
    select line_number, household_no, person_ref, content_hash,
      row_number() over same_person as rank, first_value(content_hash) over same_person as first_hash
    from staged_line where code is null and person_ref in (select person_ref from repeated_ref)
    window same_person as (partition by person_ref collate "C" order by line_number))
  select r.line_number, r.household_no, p.id as person_id, case
    when r.rank > 1 and r.content_hash = r.first_hash then 'same-content'
    when r.rank > 1 then 'other-content'
    when p.id is null then 'new'
    when p.content_hash <> r.content_hash then 'changed'
    when e.id is null then 'resumed'
    else 'unchanged' end as fate
  from ranked r
  left join person p on p.ref = r.person_ref
  left join enrolment e on e.person_id = p.id and e.campaign = $1`;

const COUNT_FATES = `select fate, count(*)::int as lines from line_fate group by fate
  union all select 'unreadable', count(*)::int from staged_line where code is not null`;

const COUNT_SUBJECTS = 'select count(distinct ref_key)::int as households from staged_household';

/** Decides every staged line's fate, kept in `line_fate` until the transaction ends. Changes nothing else. */
export async function classifyLines(
  run: RunStatement,
  campaign: string,
  sharedNumber: SharedNumberProblem,
): Promise<LineCounts> {
  await run('analyze staged_line (line_number, household_no, person_ref, code)');
  await run(FIND_REPEATED);
  await run('analyze repeated_ref');
  const { code, field, explanation, remedy } = sharedNumber;
  await run(MARK_SHARED_NUMBERS, [code, field, explanation, remedy]);
  await run(CLASSIFY, [campaign]);
  await run('analyze line_fate');
  const fates: Record<LineFate, number> = {
    unreadable: 0,
    'same-content': 0,
    'other-content': 0,
    unchanged: 0,
    new: 0,
    changed: 0,
    resumed: 0,
  };
  const counted = await run<{ fate: LineFate; lines: number }>(COUNT_FATES);
  for (const { fate, lines } of counted.rows) fates[fate] = lines;
  const subjects = await run<{ households: number }>(COUNT_SUBJECTS);
  const people = fates.new + fates.changed + fates.resumed + fates.unchanged;
  return { fates, people, households: subjects.rows[0]?.households ?? 0 };
}
