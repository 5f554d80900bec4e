import type { StagedHousehold, StagedLine, StagedPerson, StagedProblem } from './staged-person.ts';

type Cell = string | number | null;

/** A column that a readable line fills, in COPY order. The names are those of the tables it will be merged into. */
interface StagedColumn {
  readonly name: string;
  readonly type: 'text' | 'int' | 'bytea';
  readonly value: (person: StagedPerson) => Cell;
}

const HOUSEHOLD_COLUMNS: readonly StagedColumn[] = [
  { name: 'ref_key', type: 'text', value: ({ household }) => household.refKey },
  { name: 'household_ref', type: 'text', value: ({ household }) => household.ref },
  { name: 'region', type: 'text', value: ({ household }) => household.region },
  { name: 'departement', type: 'text', value: ({ household }) => household.departement },
  { name: 'cav', type: 'text', value: ({ household }) => household.cav },
  { name: 'commune', type: 'text', value: ({ household }) => household.commune },
  { name: 'quartier_village', type: 'text', value: ({ household }) => household.quartierVillage },
  { name: 'hameau', type: 'text', value: ({ household }) => household.hameau },
  { name: 'milieu', type: 'text', value: ({ household }) => household.milieu },
  { name: 'address', type: 'text', value: ({ household }) => household.address },
  { name: 'phone', type: 'text', value: ({ household }) => household.phone },
  { name: 'head_name', type: 'text', value: ({ household }) => household.headName },
  { name: 'head_nickname', type: 'text', value: ({ household }) => household.headNickname },
  { name: 'head_father', type: 'text', value: ({ household }) => household.headFather },
  { name: 'head_mother', type: 'text', value: ({ household }) => household.headMother },
  { name: 'head_national_id', type: 'text', value: ({ household }) => household.headNationalId },
  { name: 'head_sex', type: 'text', value: ({ household }) => household.headSex },
  { name: 'head_birth_year', type: 'int', value: ({ household }) => household.headBirthYear },
  { name: 'grant_manager', type: 'int', value: ({ household }) => household.grantManager },
  { name: 'deputy_grant_manager', type: 'int', value: ({ household }) => household.deputyGrantManager },
  { name: 'grant_manager_national_id', type: 'text', value: ({ household }) => household.grantManagerNationalId },
  { name: 'cohort', type: 'text', value: ({ household }) => household.cohort },
  { name: 'pnbsf_status', type: 'text', value: ({ household }) => household.pnbsfStatus },
];

const MEMBER_COLUMNS: readonly StagedColumn[] = [
  { name: 'member_number', type: 'int', value: ({ member }) => member.memberNumber },
  { name: 'content_hash', type: 'bytea', value: ({ contentHash }) => `\\\\x${contentHash}` },
  { name: 'full_name', type: 'text', value: ({ member }) => member.fullName },
  { name: 'nickname', type: 'text', value: ({ member }) => member.nickname },
  { name: 'relationship', type: 'int', value: ({ member }) => member.relationship },
  { name: 'sex', type: 'text', value: ({ member }) => member.sex },
  { name: 'birth_year', type: 'int', value: ({ member }) => member.birth.year },
  { name: 'birth_month', type: 'int', value: ({ member }) => member.birth.month },
  { name: 'birth_day', type: 'int', value: ({ member }) => member.birth.day },
  { name: 'birth_precision', type: 'text', value: ({ member }) => member.birth.precision },
  { name: 'national_id', type: 'text', value: ({ member }) => member.nationalId },
  { name: 'civil_registration', type: 'text', value: ({ member }) => member.civilRegistration },
  { name: 'birth_extract_number', type: 'text', value: ({ member }) => member.birthExtractNumber },
  { name: 'father_number', type: 'int', value: ({ member }) => member.fatherNumber },
  { name: 'mother_number', type: 'int', value: ({ member }) => member.motherNumber },
];

/** Names of the household columns that carry its data, the same in the staging table and in `household`. */
export const HOUSEHOLD_DATA = HOUSEHOLD_COLUMNS.slice(2).map(({ name }) => name);
/** Names of the member columns, the same in the staging table and in `person`. */
export const MEMBER_DATA = MEMBER_COLUMNS.map(({ name }) => name);

const ddl = (columns: readonly StagedColumn[]): string => columns.map(({ name, type }) => `${name} ${type}`).join(', ');

/**
 * Every line of one delivery, understood or not, and beside it the household descriptions: one row for the consecutive
 * lines that give the same, which halves what COPY carries. Temporary: written without WAL, seen by their own session
 * alone, gone with it whatever happens; two imports cannot meet there and a crash leaves nothing to sweep.
 */
export const CREATE_STAGING = `
  create temporary table staged_household (household_no int not null, ${ddl(HOUSEHOLD_COLUMNS)});
  create temporary table staged_line (
    line_number int not null, raw_line text not null, household_no int, person_ref text, ${ddl(MEMBER_COLUMNS)},
    field text, code text, explanation text, remedy text)`;

export const COPY_HOUSEHOLDS = 'copy staged_household from stdin';
export const COPY_LINES = 'copy staged_line from stdin';

const PERSON_GAP = '\t\\N'.repeat(MEMBER_COLUMNS.length + 2);
const PROBLEM_GAP = '\t\\N'.repeat(4);

/** Rows for the two staging tables, in COPY's text format. */
export interface StagingRows {
  readonly households: string;
  readonly lines: string;
}

/** Writes staged lines as rows. One writer for one delivery: it numbers the household descriptions. */
export class StagingWriter {
  readonly #numbers = new WeakMap<StagedHousehold, number>();
  #lastNumber = 0;
  #households = '';
  #lines = '';

  /** Characters written since rows were last taken. */
  get size(): number {
    return this.#households.length + this.#lines.length;
  }

  add(line: StagedLine): void {
    const head = `${line.lineNumber}\t${escaped(line.rawLine)}`;
    if ('person' in line) {
      const { household, member } = line.person;
      const ref = escaped(`${household.refKey}/${member.memberNumber}`);
      const number = this.#householdNumber(line.person);
      this.#lines += `${head}\t${number}\t${ref}${cellsText(MEMBER_COLUMNS, line.person)}${PROBLEM_GAP}\n`;
    } else this.#lines += `${head}${PERSON_GAP}${problemText(line.problem)}\n`;
  }

  /** The rows written so far, once. */
  take(): StagingRows {
    const rows = { households: this.#households, lines: this.#lines };
    this.#households = '';
    this.#lines = '';
    return rows;
  }

  #householdNumber(person: StagedPerson): number {
    const known = this.#numbers.get(person.household);
    if (known !== undefined) return known;
    this.#lastNumber += 1;
    this.#numbers.set(person.household, this.#lastNumber);
    this.#households += `${this.#lastNumber}${cellsText(HOUSEHOLD_COLUMNS, person)}\n`;
    return this.#lastNumber;
  }
}

function cellsText(columns: readonly StagedColumn[], person: StagedPerson): string {
  let text = '';
  for (const { type, value } of columns) {
    const cell = value(person);
    if (cell === null) text += '\t\\N';
    else text += type === 'text' ? `\t${escaped(String(cell))}` : `\t${cell}`;
  }
  return text;
}

function problemText({ field, code, explanation, remedy }: StagedProblem): string {
  return [field, code, explanation, remedy].map((cell) => (cell === null ? '\t\\N' : `\t${escaped(cell)}`)).join('');
}

const SPECIAL = /[\\\n\r\t]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[\\\n\r\t]/g, (sign) => ESCAPES[sign] ?? sign) : text;
}
