import { frenchInteger } from '../../domain/french/numbers.ts';
import type { AnswerClass, AnswerKind, DecodedAnswer, DecodedHeader } from '../../exchange/decode/decoded-answer.ts';
import { bodyOutline } from './body-outline.ts';

const KIND_LABELS: Readonly<Record<AnswerKind, string>> = {
  answer: 'réponse du service',
  'exchange-error': 'erreur d’un serveur de sécurité X-Road',
  'service-fault': 'erreur technique du service (SOAP Fault)',
  violation: 'réponse lisible, mais contraire au protocole X-Road',
  unreadable: 'réponse illisible, ou qui n’est pas passée par X-Road',
};

const CLASS_LABELS: Readonly<Record<AnswerClass, string>> = {
  ok: 'réponse exploitable',
  transient: 'non traité, panne passagère : la même demande peut être renvoyée',
  route: 'non traité, liaison fermée : rien ne passera tant que personne n’agit (droits, certificats, inscription)',
  message: 'non traité, demande refusée : ne pas la renvoyer sans la corriger',
  'outcome-unknown': 'issue inconnue : le service a pu traiter la demande ; vérifier avant de renvoyer une écriture',
};

/** What stands in `code`, by kind: the words of an error, a rule, or our reason. */
const CODE_LABELS: Readonly<Record<AnswerKind, string>> = {
  answer: 'Code',
  'exchange-error': 'Code X-Road',
  'service-fault': 'Code du service',
  violation: 'Règle enfreinte',
  unreadable: 'Raison',
};

const REASONS: Readonly<Record<string, string>> = {
  charset: 'les octets ne sont pas dans le jeu de caractères annoncé',
  'content-type': 'la première partie n’est pas une enveloppe SOAP',
  doctype: 'le document contient une DOCTYPE, que X-Road interdit',
  json: 'JSON incomplet ou mal formé',
  mime: 'multipart incomplet ou mal formé',
  'not-soap': 'ce n’est pas une enveloppe SOAP 1.1',
  'not-x-road': 'aucune marque de X-Road : réponse d’un équipement intermédiaire, ou d’une mauvaise adresse',
  'refused-by-http-server': 'refus du serveur HTTP avant X-Road : adresse ou en-têtes de la demande',
  'too-deep': 'document trop profond ou trop long',
  xml: 'XML incomplet ou mal formé',
};

const HEADER_LABELS: readonly (readonly [field: keyof DecodedHeader, label: string])[] = [
  ['client', 'client'],
  ['service', 'service'],
  ['id', 'identifiant du message'],
  ['userId', 'utilisateur'],
  ['issue', 'dossier'],
  ['protocolVersion', 'version du protocole'],
  ['requestHash', 'empreinte de la demande'],
];

/** A decoded answer for support staff. Of its body only the shape is shown: values may be personal data. */
export function decodedAnswerText(answer: DecodedAnswer): string {
  const protocol = answer.protocol === 'soap' ? 'SOAP' : 'REST';
  return [
    `${protocol}${answer.status === undefined ? '' : `, HTTP ${answer.status}`} — ${KIND_LABELS[answer.kind]}`,
    `Classe : ${answer.class} — ${CLASS_LABELS[answer.class]}`,
    ...errorLines(answer),
    ...headerLines(answer.header),
    ...bodyLines(answer.body),
    ...attachmentLines(answer),
  ].join('\n');
}

function errorLines({ kind, code, text, actor, detail }: DecodedAnswer): readonly string[] {
  const reason = kind === 'unreadable' && code !== undefined ? REASONS[code] : undefined;
  const lines: string[] = [];
  if (code !== undefined) lines.push(`${CODE_LABELS[kind]} : ${code}${reason === undefined ? '' : ` (${reason})`}`);
  if (text !== undefined && text !== '') lines.push(`Texte : ${text}`);
  if (actor !== undefined && actor !== '') lines.push(`Acteur : ${actor}`);
  if (typeof detail === 'string' && detail !== '') {
    const label = kind === 'exchange-error' ? 'Référence dans le journal du serveur de sécurité' : 'Détail';
    lines.push(`${label} : ${detail}`);
  } else if (typeof detail === 'object') {
    lines.push('Détail :', ...indented(bodyOutline(detail)));
  }
  return lines;
}

function headerLines(header: DecodedHeader | undefined): readonly string[] {
  if (header === undefined) return [];
  const present = HEADER_LABELS.flatMap(([field, label]) => {
    const value = header[field];
    return value === undefined ? [] : [`${label} : ${value === '' ? '(vide)' : value}`];
  });
  return ['', 'En-tête X-Road :', ...indented(present)];
}

function bodyLines(body: DecodedAnswer['body']): readonly string[] {
  if (body === undefined) return [];
  const content = body.name === undefined ? body.content : { [body.name]: body.content };
  return ['', 'Corps (forme seule ; --json montre les valeurs) :', ...indented(bodyOutline(content))];
}

function attachmentLines({ attachments = [] }: DecodedAnswer): readonly string[] {
  if (attachments.length === 0) return [];
  const lines = attachments.map(
    ({ contentId, contentType, bytes }) =>
      `${contentId === '' ? '(sans identifiant)' : contentId} : ${contentType}, ${frenchInteger(bytes)} octets`,
  );
  return ['', 'Pièces jointes :', ...indented(lines)];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
