import { frenchDate, frenchInteger } from '../../domain/french/numbers.ts';
import { STATE_LABELS } from '../../domain/french/state-labels.ts';
import type { ToldCall, ToldDecision, ToldRegistration, ToldStep } from '../../pipeline/explain/story.ts';
import { deciderLabel, OPERATION_LABELS, OUTCOME_LABELS, sourceLabel } from './step-labels.ts';

/** Writes an instant as people of the programme's zone read it. */
export type InstantText = (iso: string) => string;

/** One step of a story: a line that says what happened, and indented lines of proof. */
export function stepText(step: ToldStep, instant: InstantText): readonly string[] {
  const [first = '', ...rest] = linesOf(step);
  return [`${instant(step.at)}  ${first}`, ...rest.map((line) => `      ${line}`)];
}

function linesOf(step: ToldStep): readonly string[] {
  switch (step.step) {
    case 'call':
      return callLines(step);
    case 'decision':
      return decisionLines(step);
    case 'registration':
      return registrationLines(step);
  }
}

function callLines(call: ToldCall): readonly string[] {
  const end = call.outcome === null ? 'aucune suite connue' : OUTCOME_LABELS[call.outcome];
  const details = [
    ...(call.code === null ? [] : [call.code]),
    ...(call.httpStatus === null ? [] : [`HTTP ${call.httpStatus}`]),
    ...durationOf(call),
  ];
  const found = call.found === null ? '' : ` ; ${foundText(call.found)}`;
  return [
    `Appel ${call.number} — ${OPERATION_LABELS[call.operation]} : ${end}${details.length > 0 ? ` (${details.join(', ')})` : ''}${found}`,
    `message ${call.messageId}${call.requestId === null ? '' : ` · requête X-Road ${call.requestId}`}`,
    ...(call.requestHash === null ? [] : [`empreinte de la requête ${call.requestHash}`]),
    ...(call.securityServer === null ? [] : [`serveur de sécurité ${call.securityServer}`]),
    ...(call.errorDetailId === null ? [] : [`détail de l’erreur ${call.errorDetailId}`]),
  ];
}

function durationOf({ startedAt, endedAt }: ToldCall): readonly string[] {
  if (startedAt === null || endedAt === null) return [];
  return [`${frenchInteger(Date.parse(endedAt) - Date.parse(startedAt))} ms`];
}

function foundText(found: number): string {
  if (found === 0) return 'rien trouvé';
  return found === 1 ? '1 fiche trouvée' : `${frenchInteger(found)} fiches trouvées`;
}

function decisionLines(decision: ToldDecision): readonly string[] {
  const rules = decision.ruleVersion === '' ? '' : `, règles ${decision.ruleVersion}`;
  const set = decision.ruleSet === null ? '' : ` (empreinte ${decision.ruleSet})`;
  return [
    `Décision — ${STATE_LABELS[decision.from]} → ${STATE_LABELS[decision.to]}, par ${deciderLabel(decision.decidedBy)}${rules}${set}`,
    ...(decision.because === null ? [] : [`Raison donnée : ${decision.because}`]),
    ...decision.reasons.map(({ code, title, explanation }) => `${title} (${code}) : ${explanation}`),
    ...comparisonLines(decision),
  ];
}

function comparisonLines({ comparisons }: ToldDecision): readonly string[] {
  let number = 0;
  return comparisons.flatMap(({ source, reference, text }) => {
    if (source === 'review') return text;
    number += 1;
    const label = `${sourceLabel(source)}${reference === null ? '' : ` ${reference}`}`;
    return [`Comparaison n° ${number} — ${label}`, ...text.map((line) => `  ${line}`)];
  });
}

function registrationLines(registration: ToldRegistration): readonly string[] {
  const kind = registration.kind === 'renewal' ? 'Renouvellement' : 'Enrôlement';
  const role = registration.policyHolder ? 'titulaire du ménage' : 'ayant droit';
  const learned = registration.learnedBy === 'answer' ? 'sa réponse' : 'une recherche ultérieure';
  return [
    `${kind} inscrit dans SIGICMU — code ${registration.registrationCode}, ${registration.insurer}, ${role}`,
    `droits du ${frenchDate(registration.coverStart)} au ${frenchDate(registration.coverEnd)}`,
    `payé par la personne : ${frenchInteger(registration.amountPaid)} FCFA · subvention de l’État : ${frenchInteger(registration.subsidy)} FCFA`,
    `clé de la demande ${registration.businessKey} · connu par ${learned}, message ${registration.messageId}`,
  ];
}
