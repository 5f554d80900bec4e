import type { PartialDate } from '../../domain/partial-date.ts';
import type { CivilRegistration, RelationshipCode, Sex } from '../../domain/person.ts';

/** The household's part of a line; columns of table `household`. */
export interface StagedHousehold {
  readonly ref: string;
  readonly refKey: string;
  readonly region: string;
  readonly departement: string;
  readonly cav: string | null;
  readonly commune: string;
  readonly quartierVillage: string | null;
  readonly hameau: string | null;
  readonly milieu: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly headName: string | null;
  readonly headNickname: string | null;
  readonly headFather: string | null;
  readonly headMother: string | null;
  readonly headNationalId: string | null;
  readonly headSex: Sex | null;
  readonly headBirthYear: number | null;
  readonly grantManager: number | null;
  readonly deputyGrantManager: number | null;
  readonly grantManagerNationalId: string | null;
  readonly cohort: string | null;
  readonly pnbsfStatus: string | null;
}

/** The member's part of a line; columns of table `person`. */
export interface StagedMember {
  readonly memberNumber: number;
  readonly fullName: string;
  readonly nickname: string | null;
  readonly relationship: RelationshipCode | null;
  readonly sex: Sex | null;
  readonly birth: PartialDate;
  readonly nationalId: string | null;
  readonly civilRegistration: CivilRegistration;
  readonly birthExtractNumber: string | null;
  /** Order numbers inside the household; names are looked up by whoever assembles it. */
  readonly fatherNumber: number | null;
  readonly motherNumber: number | null;
}

/** A line that was understood. */
export interface StagedPerson {
  readonly household: StagedHousehold;
  readonly member: StagedMember;
  /** SHA-256, hexadecimal, over everything above: equal means that nothing the product uses has changed. */
  readonly contentHash: string;
}

/** What every line of a delivery becomes before anything of it counts. */
export type StagedLine =
  | { readonly lineNumber: number; readonly rawLine: string; readonly person: StagedPerson }
  | { readonly lineNumber: number; readonly rawLine: string; readonly problem: StagedProblem };

/** Why a line is unreadable, in the words the sender will read. */
export interface StagedProblem {
  readonly field: string | null;
  readonly code: string;
  readonly explanation: string;
  readonly remedy: string;
}
