import type { BrokenDecision, PersonFact, RegistrationFact, RunFact } from './facts.ts';

/** Runs one statement of plain SQL. */
export type Ask = <Row extends object>(statement: string, values?: readonly unknown[]) => Promise<Row[]>;

export async function readPeople(ask: Ask, campaign: string): Promise<readonly PersonFact[]> {
  return ask<PersonFact>(
    `select p.ref, h.ref as "householdRef", p.member_number as "memberNumber", e.state, e.step, rp.state as frozen
       from person p join household h on h.id = p.household_id
       left join enrolment e on e.person_id = p.id and e.campaign = $1
       left join run_person rp on rp.enrolment_id = e.id and rp.run_id = e.run_id`,
    [campaign],
  );
}

export async function readRegistrations(ask: Ask, campaign: string): Promise<readonly RegistrationFact[]> {
  return ask<RegistrationFact>(
    `select person_ref as person, amount_paid as "amountPaid", registration_code as "registrationCode"
       from registration where campaign = $1`,
    [campaign],
  );
}

/**
 * Decisions of the machine are a chain for each person. The intent to send is no decision, so that one which begins with
 * `sending` follows from whatever may be sent.
 */
export async function readBrokenDecisions(ask: Ask, campaign: string): Promise<readonly BrokenDecision[]> {
  return ask<BrokenDecision>(
    `select p.ref, d.before, d.from_state as "from", d.to_state as "to"
       from (select enrolment_id, from_state, to_state,
                    lag(to_state, 1, 'received') over (partition by enrolment_id order by id) as before
               from decision where decided_by = 'machine') d
       join enrolment e on e.id = d.enrolment_id and e.campaign = $1 join person p on p.id = e.person_id
      where d.from_state <> d.before
        and not (d.from_state = 'sending' and d.before in ('confirmed', 'deferred', 'outcome-unknown', 'sending'))`,
    [campaign],
  );
}

/** Throws when there is no such run. */
export async function readRun(ask: Ask, runId: string): Promise<RunFact> {
  const [run] = await ask<RunFact>(
    `select r.state, r.people,
            (select coalesce(sum(b.lines_read), 0) from batch b)::int as "linesRead",
            (select coalesce(sum(b.accepted), 0) from batch b)::int as accepted,
            (select coalesce(sum(b.repeats), 0) from batch b)::int as repeats,
            (select coalesce(sum(b.unreadable), 0) from batch b)::int as unreadable,
            (select count(*) from reconciliation_difference d where d.run_id = r.id)::int as differences
       from run r where r.id = $1`,
    [runId],
  );
  if (run === undefined) throw new Error('the run disappeared');
  return run;
}
