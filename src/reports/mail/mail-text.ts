import { frenchDecimal } from '../../domain/french/numbers.ts';
import type { ChosenFiles } from './mail-attachments.ts';
import { figureText, type MailContent } from './mail-content.ts';

/** Where the whole report lies and how to check it, for the foot of a mail. */
export interface MailFoot {
  readonly folder: string;
  readonly files: ChosenFiles;
  /** Whether an attached list says who people are. */
  readonly personal: boolean;
}

/** The mail as plain text: the same sentences and figures as the HTML. */
export function mailText(content: MailContent, foot: MailFoot): string {
  const { figures, outcomes, offices, sentencesTitle, sentences } = content;
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', title, ...lines];
  const list = (items: MailContent['figures']): readonly string[] =>
    items.map((item) => `  ${item.label} : ${figureText(item)}`);
  return [
    content.title,
    '',
    content.verdict,
    ...section('Chiffres clés', list(figures)),
    ...section('Résultats', list(outcomes)),
    ...section('Personnes que chaque service doit voir, tous lots confondus', list(offices)),
    ...section(
      sentencesTitle,
      sentences.map((sentence) => `  ${sentence}`),
    ),
    ...section('Fichiers', footLines(foot)),
    '',
  ].join('\n');
}

/** What a mail says of its files: those that came along, those that did not and why, and where everything lies. */
export function footLines({ folder, files: { attached, named } }: MailFoot): readonly string[] {
  return [
    ...(attached.length === 0 ? [] : [`Joints : ${attached.map(({ name }) => name).join(', ')}.`]),
    ...named.map(
      ({ name, bytes, sha256 }) =>
        `Trop volumineux pour un courriel : ${name} (${size(bytes)}, SHA-256 ${sha256}), dans ${folder}.`,
    ),
    `Rapport complet et signé : ${folder}. « pnbsf-cmu report verify » en contrôle l’authenticité.`,
  ];
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${frenchDecimal(bytes / 1_000)} ko` : `${frenchDecimal(bytes / 1_000_000)} Mo`;
}
