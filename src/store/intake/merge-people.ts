import type { RunStatement } from './intake-session.ts';
import { MEMBER_DATA } from './staging-table.ts';

const columns = MEMBER_DATA.join(', ');

// Person and enrolment in one statement: no index leads from a batch to its people.
const INSERT_NEW = `with arrived as (
    insert into person (household_id, ref, batch_id, line_number, raw_line, ${columns})
    select h.id, s.person_ref, $1, s.line_number, s.raw_line, ${MEMBER_DATA.map((name) => `s.${name}`).join(', ')}
    from staged_line s join line_fate f using (line_number)
      join household_due d on d.household_no = s.household_no join household h on h.ref_key = d.ref_key
    where f.fate = 'new'
    returning id, household_id)
  insert into enrolment (household_id, person_id, campaign) select household_id, id, $2 from arrived`;

const UPDATE_KNOWN = `with updated as (
    update person p set batch_id = $1, line_number = s.line_number, raw_line = s.raw_line,
      ${MEMBER_DATA.map((name) => `${name} = s.${name}`).join(', ')}
    from staged_line s join line_fate f using (line_number)
    where f.fate in ('changed', 'resumed') and p.id = f.person_id
    returning p.id, p.household_id),
  opened as (
    insert into enrolment (household_id, person_id, campaign) select household_id, id, $2 from updated
    on conflict (person_id, campaign) do nothing returning 1)
  select count(*)::int as people from updated`;

// Under the household's new fence. Not touched: whatever has been sent or may have been (the outcome must be learned
// first), whoever is covered, and what a person has decided.
const REOPEN = `with due as (
    select e.id, e.state, w.fence, p.batch_id
    from line_fate f join enrolment e on e.person_id = f.person_id and e.campaign = $1
      join household_work w on w.household_id = e.household_id join person p on p.id = e.person_id
    where f.fate = 'changed' and e.state in ('received', 'confirmed', 'deferred', 'needs-review') and e.sends = 0
    for update of e),
  noted as (
    insert into decision (enrolment_id, run_id, from_state, to_state, reasons, rule_version, decided_by, because)
    select id, null, state, 'received', '{}', '', 'import', 'batch ' || batch_id from due where state <> 'received')
  update enrolment e set state = 'received', step = 'verify', fence = due.fence, tries = 0,
    not_before = null, reasons = '{}', identity = null, renews = null
  from due where e.id = due.id`;

// Whoever has work in a household of an open run belongs to that run: worked on, counted and reported with it.
const JOIN_RUN = `with joined as (
    update enrolment e set run_id = w.run_id
    from household_work w join household h on h.id = w.household_id join household_due d on d.ref_key = h.ref_key
    where d.speaks and w.run_id is not null and e.household_id = w.household_id and e.campaign = $1 and e.step <> 'none'
      and e.run_id is distinct from w.run_id
    returning e.run_id)
  update run r set people = r.people + c.people
  from (select run_id, count(*) as people from joined group by run_id) c where r.id = c.run_id`;

/** Inserts people never seen before, each with an enrolment. Returns how many. */
export async function insertNewPeople(run: RunStatement, batchId: string, campaign: string): Promise<number> {
  return (await run(INSERT_NEW, [batchId, campaign])).rowCount ?? 0;
}

/** Brings known people up to date and gives an enrolment to those who have none in this campaign. Returns how many. */
export async function updateKnownPeople(run: RunStatement, batchId: string, campaign: string): Promise<number> {
  return (await run<{ people: number }>(UPDATE_KNOWN, [batchId, campaign])).rows[0]?.people ?? 0;
}

/** Sends changed people whose enrolment is still open back to verification. Returns how many. */
export async function reopenChanged(run: RunStatement, campaign: string): Promise<number> {
  return (await run(REOPEN, [campaign])).rowCount ?? 0;
}

/** Counts the people of these households who have work into the run that is open for them, if one is. */
export async function joinOpenRun(run: RunStatement, campaign: string): Promise<void> {
  await run(JOIN_RUN, [campaign]);
}
