/** A named person says: this is who they say they are, register them. What would stop the registration is told first. */
import { STATE_LABELS } from '../../domain/french/state-labels.ts';
import { parsePartialDate, youngestAgeOn, type IsoDate, type PartialDate } from '../../domain/partial-date.ts';
import type { HolderCandidate, HolderStanding } from '../../domain/policy-holder.ts';
import type { Insurer } from '../../domain/partners.ts';
import { choosePolicyHolder } from '../../domain/policy-holder.ts';
import { blocks } from '../../domain/reasons.ts';
import type { ConfirmedIdentity } from '../../store/household/claim-household.ts';
import type { CaseMember } from '../../store/review/load-case.ts';
import type { SharingPerson } from '../../store/review/sharing-people.ts';
import { householdKey } from '../intake/household-reference.ts';
import type { StepContext } from '../step-context.ts';
import { weighCovers } from '../verify/own-cover.ts';
import { chooseIdentity, type ChosenIdentity } from './choose-identity.ts';
import { openCase, type ReviewCase } from './review-case.ts';
import { ReviewRefused } from './review-refused.ts';
import { seenCertificate, writeDecision, type Reviewer } from './write-decision.ts';

/** What deciding needs of an installation; no partner is called. */
export type DecisionContext = Pick<StepContext, 'db' | 'matcher' | 'campaign' | 'policy' | 'ruleSet' | 'gazetteer'> & {
  readonly insurer: Pick<Insurer, 'capabilitiesOf'>;
  /** Civil day, `AAAA-MM-JJ`. */
  readonly today: IsoDate;
};

export interface Confirmation extends Reviewer {
  /** Id or reference. */
  readonly person: string;
  /** Number of a registry's record, `rnu`, or null for the evident one. */
  readonly record: string | null;
  /** References of lines declared to be other people. */
  readonly distinctFrom: readonly string[];
  /** The reviewer has looked in SIGICMU for somebody whose registration was sent, and they are not there. */
  readonly notRegistered?: boolean;
  /** Code of the expired cover to renew, where the machine could not say whose it is. */
  readonly renews: string | null;
}

export interface Confirmed {
  readonly case: ReviewCase;
  readonly identity: ChosenIdentity;
  readonly renews: string | null;
  /** A registration had been sent before: SIGICMU is looked at first. */
  readonly looksFirst: boolean;
  readonly distinctFrom: readonly string[];
}

/** Confirms a person who waits for a decision. Throws {@link ReviewRefused}; then nothing is written. */
export async function confirmPerson(context: DecisionContext, order: Confirmation): Promise<Confirmed> {
  const reviewed = await openCase(context, order.person);
  requireWaiting(reviewed);
  requireInsurer(context, reviewed);
  const identity = chooseIdentity(reviewed, order.record, context.matcher);
  const distinct = declaredDistinct(reviewed, order.distinctFrom);
  requireHolder(context, reviewed, identity.identity);
  const renews = coverToRenew(context, reviewed, identity.identity, order.renews);
  const notRegistered = order.notRegistered ?? false;
  const looksFirst = mustLookFirst(context, reviewed, notRegistered);
  const distinctFrom = distinct.map(({ ref }) => ref);
  const chosen = identity.from === null ? 'rnu' : identity.from.certificate;
  await writeDecision(context, order, {
    reviewed,
    to: looksFirst ? 'outcome-unknown' : 'confirmed',
    reasons: reviewed.reasons.filter((code) => !blocks(code)),
    identity: identity.identity,
    renews,
    distinctFrom: distinct.map(({ personId }) => personId),
    certificate: [
      ...seenCertificate(reviewed),
      { source: 'review', decision: 'confirm', chosen, renews, distinctFrom, notRegistered },
    ],
    detail: { record: identity.from?.number ?? 'rnu', renews, distinctFrom, notRegistered, reasons: reviewed.reasons },
  });
  return { case: reviewed, identity, renews, looksFirst, distinctFrom };
}

/**
 * Whether SIGICMU is looked at before anything is sent: whenever something was sent, unless the reviewer has looked. Where
 * the insurer offers no search nobody else can, and without their word the case would only come back.
 */
function mustLookFirst(
  { insurer }: DecisionContext,
  { sends, sentInsurer, member }: ReviewCase,
  notRegistered: boolean,
): boolean {
  if (sends === 0 && notRegistered)
    throw new ReviewRefused('RIEN_ENVOYE', `Aucune demande n’est partie pour ${member.ref}.`);
  if (sends === 0 || notRegistered) return false;
  const { searchByReference, searchByIdentity } = insurer.capabilitiesOf(sentInsurer ?? '');
  if (!searchByReference && !searchByIdentity)
    throw new ReviewRefused(
      'RECHERCHE_A_FAIRE',
      `Une demande est partie pour ${member.ref}, et son assureur ne permet pas à la machine de la chercher.`,
    );
  return true;
}

/** Refuses a case that somebody, or the machine, has decided already. */
export function requireWaiting({ state, decisions, member }: ReviewCase): void {
  if (state === 'needs-review') return;
  const last = decisions.findLast(({ decidedBy }) => !['machine', 'import'].includes(decidedBy));
  const whose = last === undefined ? '' : ` ; dernière décision de ${last.decidedBy}`;
  throw new ReviewRefused(
    'DEJA_DECIDE',
    `${member.ref} n’est plus à vérifier (${STATE_LABELS[state].toLowerCase()}${whose}).`,
  );
}

function requireInsurer({ gazetteer }: DecisionContext, { household, member }: ReviewCase): void {
  const departement = gazetteer.recognise(household);
  const place = [household.region, household.departement, household.commune].join(' / ');
  if (!departement)
    throw new ReviewRefused(
      'ASSUREUR_MANQUANT',
      `${member.ref} : la localité « ${place} » n’est pas reconnue, donc sans assureur.`,
    );
  if (departement.insurer === null)
    throw new ReviewRefused(
      'ASSUREUR_MANQUANT',
      `${member.ref} : aucun assureur n’est inscrit pour le département ${departement.name}.`,
    );
}

/**
 * The lines declared to be other people. One that is registered, or on its way there, must be named: two lines of one
 * human would otherwise both be registered on the word of somebody who saw only one.
 */
function declaredDistinct({ sharing, member }: ReviewCase, refs: readonly string[]): readonly SharingPerson[] {
  const named = refs.map((ref) => {
    const found = sharing.find((one) => householdKey(one.ref) === householdKey(ref));
    if (!found) throw new ReviewRefused('LIEN_INCONNU', `${ref} n’est pas rapprochée de ${member.ref}.`);
    return found;
  });
  const silent = sharing.filter((one) => one.committed && !named.includes(one));
  if (silent.length > 0)
    throw new ReviewRefused(
      'AUTRE_LIGNE_ENROLEE',
      `Sous la même identité que ${member.ref} : ` +
        silent.map(({ ref, state }) => `${ref} (${STATE_LABELS[state].toLowerCase()})`).join(', ') +
        '.',
    );
  return named;
}

function requireHolder({ policy, today }: DecisionContext, reviewed: ReviewCase, identity: ConfirmedIdentity): void {
  const { member, household, others } = reviewed;
  const candidate = (
    one: Pick<CaseMember, 'memberNumber' | 'isHead' | 'birth'>,
    confirmed: ConfirmedIdentity | null,
    standing: HolderStanding,
  ): HolderCandidate => ({
    memberNumber: one.memberNumber,
    isHead: one.isHead,
    age: youngestAgeOn(birthOf(one.birth, confirmed), today),
    standing,
  });
  const members = [
    candidate({ ...member, isHead: member.relationship === 1 }, identity, 'registrable'),
    ...others.map((one) => candidate(one, one.identity, standingOf(one))),
  ];
  if (choosePolicyHolder(members, household, policy.policyHolder, policy.adultAge).kind === 'none')
    throw new ReviewRefused(
      'TITULAIRE_MANQUANT',
      `Personne du ménage ${household.ref} ne peut encore porter l’adhésion.`,
    );
}

function birthOf(birth: PartialDate, confirmed: ConfirmedIdentity | null): PartialDate {
  return confirmed ? parsePartialDate(confirmed.birth) : birth;
}

function standingOf({ registrationCode, state, step, staffWaits }: CaseMember): HolderStanding {
  if (registrationCode !== null) return 'covered';
  if (staffWaits || state === 'confirmed') return 'registrable';
  return step === 'none' ? 'unavailable' : 'undecided';
}

function coverToRenew(
  { policy, today }: DecisionContext,
  { covers, member }: ReviewCase,
  identity: ConfirmedIdentity,
  code: string | null,
): string | null {
  if (code === null)
    return weighCovers(covers, member, identity, { policy, runDate: today }).expired?.registrationCode ?? null;
  if (!covers.some(({ record }) => record.registrationCode === code))
    throw new ReviewRefused('FICHE_INCONNUE', `Le dossier n’a pas de couverture ${code}.`);
  return code;
}
