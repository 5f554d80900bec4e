/**
 * The ports: what the steps ask of the four registries. One adapter implements each (folder `adapters/`), the
 * contract suite in `test/adapters` holds them to it. Every method makes exactly one call and never retries.
 */
import type { CallContext, CallResult } from './partner-call.ts';
import type { PartialDate, IsoDate } from './partial-date.ts';
import type { Sex } from './person.ts';

/** A holder of a national identity card, as DAF's file describes them. */
export interface IdCardRecord {
  readonly nationalId: string;
  readonly familyName: string;
  readonly givenNames: string;
  readonly sex: Sex | null;
  readonly birth: PartialDate;
  readonly birthPlace: string | null;
  readonly cardExpiry: IsoDate | null;
  readonly deceased: boolean;
}

/** DAF: the file behind the CNI. */
export interface NationalIdRegistry {
  /** `null` when the number is not in the file, which proves nothing against the person. */
  findByNationalId(nationalId: string, call: CallContext): Promise<CallResult<IdCardRecord | null>>;
}

/** A birth record of the civil registry. `recordKey` (centre, register year, number) names the act itself. */
export interface BirthRecord {
  readonly recordKey: string;
  readonly familyName: string;
  readonly givenNames: string;
  readonly sex: Sex | null;
  readonly birth: PartialDate;
  readonly birthPlace: string | null;
  readonly fatherGivenNames: string | null;
  readonly motherGivenNames: string | null;
  readonly motherFamilyName: string | null;
  /** NIN, where the act carries it. */
  readonly nationalId: string | null;
  /** A death is noted in the margin. */
  readonly deceased: boolean;
}

/** By number of the extract, or by what is known of the person; the registry answers a page of candidates. */
export type BirthRecordQuery =
  | { readonly by: 'extract-number'; readonly extractNumber: string }
  | {
      readonly by: 'identity';
      readonly fullName: string;
      readonly sex: Sex | null;
      readonly birth: PartialDate;
      readonly motherName: string | null;
    };

/** ANEC: the civil registry. */
export interface CivilRegistry {
  /** Empty when nothing is found: 20 of 30 million acts are indexed, so absence proves nothing. */
  findBirthRecords(query: BirthRecordQuery, call: CallContext): Promise<CallResult<readonly BirthRecord[]>>;
}

/** Cover of a person in SIGICMU, whatever scheme gave it. */
export interface ExistingCover {
  readonly registrationCode: string;
  readonly scheme: string;
  readonly familyName: string;
  readonly givenNames: string;
  readonly sex: Sex | null;
  readonly birth: PartialDate;
  readonly nationalId: string | null;
  /** RNU person reference, when SIGICMU knows it. */
  readonly personRef: string | null;
  readonly coverEnd: IsoDate;
  /** False when suspended or blocked. */
  readonly active: boolean;
}

/** SIGICMU shows no more covers of one search than this. */
export const MOST_COVERS = 20;

export interface CoverQuery {
  readonly personRef: string;
  readonly nationalId: string | null;
  readonly fullName: string;
  readonly sex: Sex | null;
  readonly birth: PartialDate;
}

/** One registration, complete. Amounts are whole FCFA. */
export interface RegistrationRequest {
  /** Campaign + RNU person; the same over all attempts, unique here and searchable there. */
  readonly businessKey: string;
  readonly campaign: string;
  readonly personRef: string;
  readonly householdRef: string;
  readonly familyName: string;
  readonly givenNames: string;
  readonly sex: Sex | null;
  readonly birth: PartialDate;
  readonly nationalId: string | null;
  readonly birthRecordKey: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly region: string;
  readonly departement: string;
  readonly commune: string;
  readonly insurer: string;
  /** In SIGICMU's words, from the relationship table; `otherRelationship` explains `Autre`. */
  readonly relationship: string;
  readonly otherRelationship: string | null;
  /** Registration code of the policy holder; null for the holder. */
  readonly holderCode: string | null;
  /** Code of the cover that is renewed; null for a new one. */
  readonly renews: string | null;
  readonly coverStart: IsoDate;
  readonly coverEnd: IsoDate;
  readonly contribution: number;
  readonly subsidy: number;
}

/** A registration as SIGICMU holds it. `amountPaid` is what the beneficiary paid: anything but 0 is a defect. */
export interface Registration {
  readonly businessKey: string;
  readonly personRef: string;
  readonly registrationCode: string;
  readonly kind: 'new' | 'renewal';
  readonly amountPaid: number;
  readonly subsidy: number;
  readonly coverStart: IsoDate;
  readonly coverEnd: IsoDate;
}

/** What an insurer offers; decides what may be done about an unknown outcome. */
export interface InsurerCapabilities {
  /** A registration sent again under its key is answered with the first one. */
  readonly idempotencyKey: boolean;
  /** A registration is found by its business key, and « not there » is definite. */
  readonly searchByReference: boolean;
  /** It is found by the names, sex and birth it was sent under as soon as it is carried out. */
  readonly searchByIdentity: boolean;
}

/** SIGICMU. */
export interface Insurer {
  /** What the insurer of a code (`UDAM-PODOR`) offers behind SIGICMU. */
  capabilitiesOf(insurer: string): InsurerCapabilities;
  /** Covers that may be this person's, by reference, number or identity; the caller compares. */
  findCover(query: CoverQuery, call: CallContext): Promise<CallResult<readonly ExistingCover[]>>;
  /** The one write. Refusals: `already-registered`, `rejected`, `holder-unknown`, `cover-unknown`. */
  register(request: RegistrationRequest, call: CallContext): Promise<CallResult<Registration>>;
  /** Looks a registration up by business key. `null` is a definite "not there". */
  findRegistration(businessKey: string, call: CallContext): Promise<CallResult<Registration | null>>;
  /** Everything a campaign holds, a page at a time; `cursor` null to begin, `next` null at the end. */
  listRegistrations(campaign: string, cursor: string | null, call: CallContext): Promise<CallResult<RegistrationPage>>;
}

/** A registration as SIGICMU lists it; null is what the insurer's list does not tell. */
export interface ListedRegistration extends Registration {
  readonly familyName: string | null;
  readonly givenNames: string | null;
  readonly insurer: string | null;
  /** Registration code of the policy holder; null for the holder too. */
  readonly holderCode: string | null;
}

export interface RegistrationPage {
  readonly registrations: readonly ListedRegistration[];
  readonly next: string | null;
  /** Registrations of the whole campaign, where the insurer counts them. */
  readonly total: number | null;
}

/** A batch the social registry has ready. */
export interface RnuBatch {
  readonly batchNumber: string;
  readonly extractedOn: IsoDate;
  readonly households: number;
  readonly people: number;
}

/** A page of a batch: one flat record per member, field names as on the RNU form. */
export interface RnuPage {
  readonly records: readonly Readonly<Record<string, string>>[];
  readonly next: string | null;
}

/** RNU. */
export interface SocialRegistry {
  listBatches(call: CallContext): Promise<CallResult<readonly RnuBatch[]>>;
  /** Pages are stable: the same cursor gives the same records, so that a broken transfer resumes where it stopped. */
  fetchPage(batchNumber: string, cursor: string | null, call: CallContext): Promise<CallResult<RnuPage>>;
}
