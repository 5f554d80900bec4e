import type { BirthRecord, ExistingCover, IdCardRecord } from '../../domain/partners.ts';

/** What the registries said of one person so far. A key that is absent was not asked, or has no answer yet. */
export interface MemberEvidence {
  readonly cover?: readonly ExistingCover[];
  /** Found under the names and number of the registry that confirmed the person. */
  readonly 'cover-search'?: readonly ExistingCover[];
  /** Empty when the number is not in the file. */
  readonly 'id-card'?: readonly IdCardRecord[];
  /** Found by the number of the extract. */
  readonly 'birth-record'?: readonly BirthRecord[];
  /** Found by name and birth date. */
  readonly 'birth-record-search'?: readonly BirthRecord[];
  /** The civil registry holds too many people of that description to list them. */
  readonly tooManyBirthRecords?: boolean;
}
