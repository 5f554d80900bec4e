import { putMergedDue } from '../../store/duplicates/keys-due.ts';
import { classifyLines, type LineCounts } from '../../store/intake/classify-lines.ts';
import { findBatchBySha256, freeBatchNumber, isBatchNumberTaken } from '../../store/intake/find-batch.ts';
import { closeBatch, insertBatch, type NewBatch } from '../../store/intake/insert-batch.ts';
import type { RunStatement } from '../../store/intake/intake-session.ts';
import { keepLines } from '../../store/intake/keep-lines.ts';
import { noteLeavers, type NotedLeavers } from '../../store/intake/note-leavers.ts';
import { mergeHouseholds, openHouseholdWork } from '../../store/intake/merge-households.ts';
import { insertNewPeople, joinOpenRun, reopenChanged, updateKnownPeople } from '../../store/intake/merge-people.ts';
import { refreshStatistics } from '../../store/intake/refresh-statistics.ts';
import { checkDeclaredHouseholds } from './declared-totals.ts';
import { IntakeError } from './intake-error.ts';
import { LINE_PROBLEMS } from './intake-problems.ts';

/** A delivery of which every line is staged. */
export interface Delivery extends Pick<
  NewBatch,
  'sha256' | 'sourceName' | 'source' | 'sizeBytes' | 'encoding' | 'separator' | 'linesRead'
> {
  /** The sender's number, which must be free; or a name to make one from. */
  readonly number: { readonly given: string } | { readonly derived: string };
  readonly notes: readonly string[];
  /** Announced by the sender; another count refuses the delivery. */
  readonly declaredHouseholds?: number;
  /** Declared, never guessed: the delivery names everybody the RNU knows, so that whoever is missing has left. */
  readonly fullList?: boolean;
}

const SHARED_NUMBER = {
  code: 'NUMERO_ORDRE_PARTAGE',
  field: 'numeroOrdre',
  ...LINE_PROBLEMS.NUMERO_ORDRE_PARTAGE,
} as const;

/** What an import came to. `linesRead = accepted + repeats + unreadable`, always. */
export interface ImportCounts {
  readonly linesRead: number;
  readonly accepted: number;
  readonly repeats: number;
  readonly unreadable: number;
  /** Different households and people of the readable lines. */
  readonly households: number;
  readonly people: number;
  /** Accepted people by cause: never seen, seen with other data, seen unchanged but not yet in this campaign. */
  readonly newPeople: number;
  readonly changedPeople: number;
  readonly resumedPeople: number;
  /** Repeats whose content differs from the line of the same person that was kept. */
  readonly contradictingRepeats: number;
}

export type ImportResult =
  | { readonly alreadyImported: true; readonly batchId: string; readonly number: string }
  | {
      readonly alreadyImported: false;
      /** Null after a dry run. */
      readonly batchId: string | null;
      readonly number: string;
      readonly counts: ImportCounts;
      /** French; what the sender should know. */
      readonly notes: readonly string[];
    };

export interface MergeOptions {
  readonly campaign: string;
  readonly actor: string;
  readonly dryRun?: boolean;
}

/** Merges the staged lines, inside the caller's transaction. Throws `IntakeError`; the caller rolls back. */
export async function mergeBatch(run: RunStatement, delivery: Delivery, options: MergeOptions): Promise<ImportResult> {
  const known = await findBatchBySha256(run, delivery.sha256);
  if (known !== null) return { alreadyImported: true, batchId: known.id, number: known.number };
  const number = await chooseNumber(run, delivery);
  const lines = await classifyLines(run, options.campaign, SHARED_NUMBER);
  const counts = countsOf(delivery.linesRead, lines);
  checkDeclaredHouseholds(delivery.declaredHouseholds, counts);
  if (options.dryRun === true) {
    checkBalance(counts);
    return { alreadyImported: false, batchId: null, number, counts, notes: [...delivery.notes, ...countNotes(counts)] };
  }
  const batchId = await insertBatch(run, {
    ...delivery,
    ...counts,
    number,
    fullList: delivery.fullList ?? false,
  });
  await mergeHouseholds(run, batchId);
  await openHouseholdWork(run);
  const merged = await mergePeople(run, batchId, counts, options.campaign);
  await joinOpenRun(run, options.campaign);
  await putMergedDue(run);
  const kept = await keepLines(run, batchId);
  expectRows('lignes illisibles', kept.unreadable, counts.unreadable);
  expectRows('lignes répétées', kept.repeated, counts.repeats);
  const gone = await noteLeavers(run, batchId, { fullList: delivery.fullList ?? false, unreadable: counts.unreadable });
  const notes = [
    ...delivery.notes,
    ...countNotes(counts),
    ...settledNotes(merged.settled),
    ...(delivery.fullList === true ? leaverNotes(gone) : []),
  ];
  await closeBatch(run, batchId, { notes, actor: options.actor, counts: { ...counts } });
  await refreshStatistics(run, counts.newPeople);
  return { alreadyImported: false, batchId, number, counts, notes };
}

async function chooseNumber(run: RunStatement, { number }: Delivery): Promise<string> {
  if ('derived' in number) return freeBatchNumber(run, number.derived);
  if (await isBatchNumberTaken(run, number.given))
    throw new IntakeError('NUMERO_DE_LOT_PRIS', { numero: number.given });
  return number.given;
}

async function mergePeople(
  run: RunStatement,
  batchId: string,
  counts: ImportCounts,
  campaign: string,
): Promise<{ readonly settled: number }> {
  expectRows('nouvelles personnes', await insertNewPeople(run, batchId, campaign), counts.newPeople);
  const known = counts.changedPeople + counts.resumedPeople;
  if (known === 0) return { settled: 0 };
  expectRows('personnes connues', await updateKnownPeople(run, batchId, campaign), known);
  return { settled: counts.changedPeople - (await reopenChanged(run, campaign)) };
}

function countsOf(linesRead: number, { fates, households, people }: LineCounts): ImportCounts {
  return {
    linesRead,
    accepted: fates.new + fates.changed + fates.resumed,
    repeats: fates['same-content'] + fates['other-content'] + fates.unchanged,
    unreadable: fates.unreadable,
    households,
    people,
    newPeople: fates.new,
    changedPeople: fates.changed,
    resumedPeople: fates.resumed,
    contradictingRepeats: fates['other-content'],
  };
}

/** A dry run writes no batch, whose constraint would check this. */
function checkBalance({ linesRead, accepted, repeats, unreadable }: ImportCounts): void {
  expectRows('lignes', accepted + repeats + unreadable, linesRead);
}

function expectRows(what: string, found: number, expected: number): void {
  if (found !== expected)
    throw new IntakeError('LOT_DESEQUILIBRE', { detail: `${what} : ${found} au lieu de ${expected}` });
}

function countNotes({ contradictingRepeats }: ImportCounts): readonly string[] {
  if (contradictingRepeats === 0) return [];
  return [
    `Personnes répétées dans le lot avec un contenu différent : ${contradictingRepeats.toLocaleString('fr-FR')} ; la première ligne a été retenue.`,
  ];
}

function settledNotes(settled: number): readonly string[] {
  if (settled === 0) return [];
  return [
    `Personnes modifiées dont l’enrôlement est en cours d’envoi, terminé ou décidé : ${settled.toLocaleString('fr-FR')} ; leur fiche est mise à jour, l’enrôlement n’est pas repris.`,
  ];
}

function leaverNotes({ left, uncertain }: NotedLeavers): readonly string[] {
  const number = (count: number): string => count.toLocaleString('fr-FR');
  const doubt =
    uncertain === 0 ? '' : ` Pour ${number(uncertain)} d’entre elles, une ligne illisible du lot cite leur ménage.`;
  return [
    `Liste complète du RNU : personnes connues qui n’y figurent plus : ${number(left)}.${doubt} Rien n’a été retiré.`,
  ];
}
