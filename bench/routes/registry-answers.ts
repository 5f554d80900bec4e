/** What the four registries would answer, without a wire between them and the question. */
import { createBirthActIndex } from '../../fixtures/sandbox/partners/birth-act-index.ts';
import { createCoverBook } from '../../fixtures/sandbox/partners/cover-book.ts';
import type { BirthAct, Cover, IdCard, Registries } from '../../fixtures/sandbox/registries.ts';
import { formatPartialDate, parsePartialDate } from '../../src/domain/partial-date.ts';
import type {
  BirthRecord,
  BirthRecordQuery,
  CoverQuery,
  ExistingCover,
  IdCardRecord,
} from '../../src/domain/partners.ts';
import { actKey } from './labelled-people.ts';

/** A record of the civil registry with the key its owner is known by. */
export type LabelledBirthRecord = BirthRecord & { readonly owner: string };

export interface RegistryAnswers {
  idCard(nationalId: string): readonly IdCardRecord[];
  /** Null when the registry would not list so many. */
  birthRecords(query: BirthRecordQuery): readonly LabelledBirthRecord[] | null;
  covers(query: CoverQuery): readonly ExistingCover[];
}

/** The registries' own bound on a page. */
const MOST_RECORDS = 20;

export function registryAnswers({ idCards, birthActs, covers }: Registries): RegistryAnswers {
  const acts = createBirthActIndex(birthActs);
  const book = createCoverBook(covers);
  return {
    idCard: (nationalId) => [idCards.get(nationalId)].flatMap((card) => (card ? [idCardRecord(card)] : [])),
    birthRecords(query) {
      const found =
        query.by === 'extract-number'
          ? acts.byNumber(query.extractNumber)
          : acts.byIdentity({ ...query, birthDate: formatPartialDate(query.birth).replace('~', '') });
      return found.length > MOST_RECORDS ? null : found.map(birthRecord);
    },
    covers: ({ personRef, nationalId, fullName, birth }) =>
      book
        .search(
          {
            personReference: personRef,
            documentNumber: nationalId,
            fullName,
            birthDate: birth.year === null ? null : formatPartialDate(birth).replace('~', ''),
          },
          MOST_RECORDS,
        )
        .map(existingCover),
  };
}

function idCardRecord(card: IdCard): IdCardRecord {
  return {
    nationalId: card.nin,
    familyName: card.familyName,
    givenNames: card.givenNames.join(' '),
    sex: card.sex,
    birth: parsePartialDate(card.birthDate ?? ''),
    birthPlace: card.birthPlace,
    cardExpiry: card.expiresOn,
    deceased: card.status === 'DECEDE',
  };
}

function birthRecord(act: BirthAct): LabelledBirthRecord {
  return {
    recordKey: `${act.centre}-${act.registerYear}-${act.registerNumber}`,
    familyName: act.familyName,
    givenNames: act.givenNames.join(' '),
    sex: act.sex,
    birth: parsePartialDate(act.birthDate ?? ''),
    birthPlace: act.birthPlace,
    fatherGivenNames: act.fatherGivenNames,
    motherGivenNames: act.motherGivenNames,
    motherFamilyName: act.motherFamilyName,
    nationalId: act.nin,
    deceased: act.deathNoted,
    owner: actKey(act),
  };
}

function existingCover(cover: Cover): ExistingCover {
  return {
    registrationCode: cover.registrationCode,
    scheme: cover.scheme,
    familyName: cover.familyName,
    givenNames: cover.givenNames.join(' '),
    sex: cover.sex,
    birth: parsePartialDate(cover.birthDate ?? ''),
    nationalId: cover.documentNumber,
    personRef: cover.personReference,
    coverEnd: cover.coverEnd,
    active: cover.status === 'Active',
  };
}
