import type { Gazetteer } from '../domain/gazetteer.ts';
import type { Executor } from '../store/database.ts';
import { householdCovers } from '../store/report/household-cover.ts';
import { eachWaiting, personRows, type PersonRow, type ReportedRun } from '../store/report/person-rows.ts';
import { leaversOf } from '../store/report/leavers.ts';
import { renewalsDue } from '../store/report/renewals-due.ts';
import { changesOf } from '../store/report/rnu-changes.ts';
import { differenceRows } from '../store/run/difference-rows.ts';
import { CHANGES_LIST } from './lines/changes-list.ts';
import { COURT_SITTINGS, ID_CARD_CAMPAIGNS, isUndeclared, needsCard } from './lines/campaign-lists.ts';
import { INCOMPLETE_HOUSEHOLDS, isIncomplete } from './lines/incomplete-households.ts';
import { ACTING_OFFICES, officeList, taskFor } from './lines/office-lists.ts';
import { mailedList } from './lines/mailed-lists.ts';
import { DIFFERENCES_LIST, MAILED_DIFFERENCES } from './lines/differences-list.ts';
import { LEAVERS_LIST } from './lines/leavers-list.ts';
import { RECONCILIATION_LIST } from './lines/reconciliation-list.ts';
import { RENEWALS_LIST } from './lines/renewals-list.ts';
import type { ReportSettings } from './report-settings.ts';
import type { ReportTables } from './table/report-tables.ts';

/** Writes the list of everybody in the run, and its forms that may leave by mail: the whole and région by région. */
export async function writePeopleLists(
  db: Executor,
  run: ReportedRun,
  tables: ReportTables,
  { gazetteer }: Pick<ReportSettings, 'gazetteer'>,
): Promise<void> {
  const whole = mailedList('');
  await tables.write(RECONCILIATION_LIST, []);
  await tables.write(whole, []);
  for await (const page of personRows(db, run)) {
    await tables.write(RECONCILIATION_LIST, page);
    await tables.write(whole, page);
    for (const [region, rows] of byRegion(page, gazetteer)) await tables.write(mailedList(region), rows);
  }
}

/** People of places that are not recognised are in no région's list; the whole list has them. */
function byRegion(page: readonly PersonRow[], gazetteer: Gazetteer): ReadonlyMap<string, readonly PersonRow[]> {
  const regions = new Map<string, PersonRow[]>();
  for (const row of page) {
    const region = gazetteer.recognise(row)?.region;
    if (region === undefined) continue;
    const rows = regions.get(region) ?? [];
    rows.push(row);
    regions.set(region, rows);
  }
  return regions;
}

/** Writes the lists of those who wait for a decision: per office, for court sittings, for card campaigns. */
export async function writeWaitingLists(
  db: Executor,
  run: ReportedRun,
  tables: ReportTables,
  { idCardCompulsoryFromAge }: Pick<ReportSettings, 'idCardCompulsoryFromAge'>,
): Promise<void> {
  const offices = ACTING_OFFICES.map((office) => ({ office, table: officeList(office) }));
  const write = async (page: readonly PersonRow[]): Promise<void> => {
    for (const { office, table } of offices)
      await tables.write(
        table,
        page.flatMap((person) => taskFor(office, person, daysBetween(person.waitingSince, run.runDate)) ?? []),
      );
    await tables.write(COURT_SITTINGS, page.filter(isUndeclared));
    await tables.write(
      ID_CARD_CAMPAIGNS,
      page.filter((person) => needsCard(person, idCardCompulsoryFromAge)),
    );
  };
  await write([]);
  await eachWaiting(db, run, write);
}

/** Writes the households that have a living member without cover. */
export async function writeHouseholdLists(db: Executor, { run }: ReportedRun, tables: ReportTables): Promise<void> {
  await tables.write(INCOMPLETE_HOUSEHOLDS, []);
  for await (const page of householdCovers(db, run))
    await tables.write(INCOMPLETE_HOUSEHOLDS, page.filter(isIncomplete));
}

/** Writes the covers that end soon. */
export async function writeRenewals(db: Executor, run: ReportedRun, tables: ReportTables): Promise<void> {
  await tables.write(RENEWALS_LIST, []);
  for await (const page of renewalsDue(db, run)) await tables.write(RENEWALS_LIST, page);
}

/** Writes what the RNU's batches changed, and who is no longer on its full list. */
export async function writeDeltas(db: Executor, run: ReportedRun, tables: ReportTables): Promise<void> {
  await tables.write(CHANGES_LIST, []);
  for await (const page of changesOf(db, run)) await tables.write(CHANGES_LIST, page);
  await tables.write(LEAVERS_LIST, []);
  for await (const page of leaversOf(db, run)) await tables.write(LEAVERS_LIST, page);
}

/** Writes what differs between the RNU, our records and SIGICMU, and the form of it that may leave by mail. */
export async function writeDifferences(db: Executor, { run }: ReportedRun, tables: ReportTables): Promise<void> {
  await tables.write(DIFFERENCES_LIST, []);
  await tables.write(MAILED_DIFFERENCES, []);
  for await (const page of differenceRows(db, run)) {
    await tables.write(DIFFERENCES_LIST, page);
    await tables.write(MAILED_DIFFERENCES, page);
  }
}

const DAY_MS = 86_400_000;

function daysBetween(from: string | null, to: string): number | null {
  return from === null ? null : Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS));
}
