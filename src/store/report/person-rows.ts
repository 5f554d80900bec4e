import { sql, type RawBuilder } from 'kysely';
import type { EnrolmentState } from '../../domain/enrolment-state.ts';
import type { RelationshipCode, Sex } from '../../domain/person.ts';
import type { ReasonCode } from '../../domain/reasons.ts';
import type { Executor } from '../database.ts';

/** One person as a run froze them. */
export interface PersonRow {
  readonly householdId: string;
  readonly householdRef: string;
  readonly personRef: string;
  readonly memberNumber: number;
  readonly fullName: string;
  readonly relationship: RelationshipCode | null;
  readonly sex: Sex | null;
  readonly birthYear: number | null;
  readonly birthMonth: number | null;
  readonly birthDay: number | null;
  readonly age: number | null;
  readonly nationalIdMasked: string | null;
  readonly hasNationalId: boolean;
  readonly region: string;
  readonly departement: string;
  readonly commune: string;
  readonly state: EnrolmentState;
  readonly reasons: readonly ReasonCode[];
  readonly registrationCode: string | null;
  readonly insurer: string | null;
  readonly coverStart: string | null;
  readonly coverEnd: string | null;
  readonly amountPaid: number | null;
  readonly subsidy: number | null;
  /** Since when the person waits for a decision, a day in the programme's zone; null for everybody else. */
  readonly waitingSince: string | null;
}

/** A run as reports need it: its identity, its campaign, and the zone in which its days are counted. */
export interface ReportedRun {
  readonly run: string;
  readonly runDate: string;
  readonly campaign: string;
  readonly timeZone: string;
}

const PAGE = 2_000;

/** The columns of a {@link PersonRow}, from `run_person rp`. Literals, since a cursor's query takes no parameters. */
export function personColumns(timeZone: string): RawBuilder<unknown> {
  return sql`
    rp.household_id as "householdId", rp.household_ref as "householdRef", rp.person_ref as "personRef",
    rp.member_number as "memberNumber", rp.full_name as "fullName", rp.relationship, rp.sex,
    rp.birth_year as "birthYear", rp.birth_month as "birthMonth", rp.birth_day as "birthDay", rp.age,
    rp.national_id_masked as "nationalIdMasked", rp.has_national_id as "hasNationalId", rp.region, rp.departement,
    rp.commune, rp.state, rp.reasons, rp.registration_code as "registrationCode", rp.insurer,
    rp.cover_start as "coverStart", rp.cover_end as "coverEnd", rp.amount_paid as "amountPaid", rp.subsidy,
    (rp.doubted_at at time zone ${sql.lit(timeZone)})::date as "waitingSince"`;
}

/** The people of a closed run, household by household and member by member, a page in memory at a time. */
export async function* personRows(db: Executor, { run, timeZone }: ReportedRun): AsyncGenerator<readonly PersonRow[]> {
  let after: Pick<PersonRow, 'householdId' | 'memberNumber'> = { householdId: '0', memberNumber: 0 };
  for (;;) {
    const { rows } = await sql<PersonRow>`
      select ${personColumns(timeZone)} from run_person rp
       where rp.run_id = ${run}::bigint
         and (rp.household_id, rp.member_number) > (${after.householdId}::bigint, ${after.memberNumber}::int)
       order by rp.household_id, rp.member_number limit ${PAGE}`.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last;
  }
}

/**
 * Everybody who waits for a person's decision as the run closed, whichever run put them there, in the order of places:
 * their latest frozen outcome is a doubt, and nobody had decided on it by then. Read later, it gives the same list: rows
 * of closed runs and decisions are never changed. `each` is called with a page at a time.
 */
export async function eachWaiting(
  db: Executor,
  run: ReportedRun,
  each: (page: readonly PersonRow[]) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // One sorting for the whole list; pages by key would sort it again for each.
    await sql`set local statement_timeout = 0`.execute(trx);
    await sql`
      declare waiting no scroll cursor for
      select ${personColumns(run.timeZone)} from ${waitingFrom(run)} where ${waitingOnly(run)}
       order by rp.region, rp.departement, rp.commune, rp.household_id, rp.member_number`.execute(trx);
    for (;;) {
      const { rows } = await sql<PersonRow>`fetch forward ${sql.lit(PAGE)} from waiting`.execute(trx);
      if (rows.length === 0) return;
      await each(rows);
    }
  });
}

/** `run_person rp` joined with what tells whether the person still waits; for {@link waitingOnly}. */
export function waitingFrom({ run }: Pick<ReportedRun, 'run'>): RawBuilder<unknown> {
  return sql`run_person rp join run own on own.id = rp.run_id join run reported on reported.id = ${sql.lit(run)}::bigint`;
}

/** Whether `rp` waits at the close of the reported run. */
export function waitingOnly({ campaign }: Pick<ReportedRun, 'campaign'>): RawBuilder<unknown> {
  return sql`
    rp.state = 'needs-review' and rp.run_id <= reported.id and own.campaign = ${sql.lit(campaign)}
    and own.state = 'closed'
    and not exists (select 1 from run_person later where later.enrolment_id = rp.enrolment_id
                       and later.run_id > rp.run_id and later.run_id <= reported.id)
    and not exists (select 1 from decision d where d.enrolment_id = rp.enrolment_id and d.from_state = 'needs-review'
                       and d.decided_at > own.closed_at and d.decided_at <= reported.closed_at)`;
}
