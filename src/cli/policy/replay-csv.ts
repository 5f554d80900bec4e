import { open, type FileHandle } from 'node:fs/promises';
import { BYTE_ORDER_MARK, csvLine, type Cell } from '../../domain/french/csv.ts';
import { STATE_CODES, STATE_LABELS } from '../../domain/french/state-labels.ts';
import { changeOf } from '../../pipeline/replay/replay-summary.ts';
import type { ReplayedPerson } from '../../pipeline/replay/replay-run.ts';
import { OPERATION_LABELS } from '../explain/step-labels.ts';

const HEADER = [
  'Référence',
  'Changement',
  'Résultat constaté',
  'Code du résultat constaté',
  'Motifs constatés',
  'Résultat rejoué',
  'Code du résultat rejoué',
  'Motifs rejoués',
  'Appels qui manquent',
  'Décidé depuis par un agent',
];

/** Writes those whom a replay moves, a line each, without names: `;`, byte order mark, CR LF. */
export class ReplayCsv {
  readonly #file: FileHandle;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<ReplayCsv> {
    const file = await open(path, 'w', 0o600);
    await file.write(BYTE_ORDER_MARK + csvLine(HEADER));
    return new ReplayCsv(file);
  }

  async add(people: readonly ReplayedPerson[]): Promise<void> {
    const lines = people.filter((person) => changeOf(person) !== 'none').map((person) => csvLine(cells(person)));
    if (lines.length > 0) await this.#file.write(lines.join(''));
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

function cells(person: ReplayedPerson): readonly Cell[] {
  return [
    person.ref,
    changeOf(person) === 'moved' ? 'résultat' : 'motifs',
    STATE_LABELS[person.from],
    STATE_CODES[person.from],
    person.formerReasons.join(', '),
    STATE_LABELS[person.to],
    STATE_CODES[person.to],
    person.reasons.join(', '),
    person.unasked.map((kind) => OPERATION_LABELS[kind]).join(', '),
    person.decidedSince ? 'oui' : 'non',
  ];
}
