import { frenchInteger, frenchPercent } from '../../domain/french/numbers.ts';
import type { MailContent, MailFigure } from './mail-content.ts';
import { footLines, type MailFoot } from './mail-text.ts';

/**
 * The mail as HTML that every mail program shows alike: tables, styles in the elements, no picture, no script, nothing
 * fetched from anywhere. The chart is made of table cells, each with its figure in words beside it.
 */
export function mailHtml(content: MailContent, foot: MailFoot): string {
  const colour = content.wellEnded ? '#1b6e3c' : '#a32020';
  return `<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(content.subject)}</title></head>
<body style="margin:0;padding:0;background:#f2f4f6;font-family:Arial,Helvetica,sans-serif;color:#1c2733;font-size:15px;line-height:1.45">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:16px">
<table role="presentation" width="640" cellpadding="0" cellspacing="0" style="max-width:640px;width:100%;background:#ffffff;border:1px solid #d5dbe1">
<tr><td style="padding:24px 28px 8px">
<h1 style="margin:0 0 12px;font-size:22px">${escaped(content.title)}</h1>
<p style="margin:0;padding:10px 14px;border-left:4px solid ${colour};background:#f7f9fa">${escaped(content.verdict)}</p>
</td></tr>
${section('Chiffres clés', figureTable(content.figures))}
${section('Résultats', chart(content.outcomes))}
${section('Personnes que chaque service doit voir, tous lots confondus', figureTable(content.offices))}
${section(content.sentencesTitle, paragraphs(content.sentences))}
${section('Fichiers', paragraphs(footLines(foot)))}
<tr><td style="padding:8px 28px 24px;font-size:12px;color:#55616d">Message automatique : n’y répondez pas.${foot.personal ? ' Une pièce jointe contient des données personnelles : ne la transférez pas.' : ' Il ne contient ni nom, ni numéro, ni date de naissance.'}</td></tr>
</table></td></tr></table></body></html>
`;
}

function section(title: string, body: string): string {
  if (body === '') return '';
  return `<tr><td style="padding:12px 28px"><h2 style="margin:0 0 8px;font-size:16px">${escaped(title)}</h2>${body}</td></tr>`;
}

function figureTable(figures: readonly MailFigure[]): string {
  if (figures.length === 0) return '';
  const parts = figures.some(({ of }) => of !== null);
  const rows = figures.map(
    ({ label, count, of }) =>
      `<tr><th scope="row" align="left" style="padding:5px 8px 5px 0;font-weight:normal;border-bottom:1px solid #e6eaee">${escaped(label)}</th>` +
      `<td align="right" style="padding:5px 0;border-bottom:1px solid #e6eaee;white-space:nowrap"><strong>${frenchInteger(count)}</strong></td>${parts ? partCell({ label, count, of }) : ''}</tr>`,
  );
  return `<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">${rows.join('')}</table>`;
}

/** What the count is a part of; empty where it is of nothing. */
function partCell({ count, of }: MailFigure): string {
  return `<td align="right" style="padding:5px 0 5px 10px;border-bottom:1px solid #e6eaee;white-space:nowrap;color:#55616d">${of === null ? '' : `sur ${frenchInteger(of)}, ${frenchPercent(count, of)}`}</td>`;
}

const BAR_COLOURS = ['#1f5f8b', '#2e8b7a', '#c98a1b', '#7a5195', '#6b7783', '#a34a28'];

function chart(outcomes: readonly MailFigure[]): string {
  if (outcomes.length === 0) return '';
  const widest = Math.max(...outcomes.map(({ count }) => count));
  const rows = outcomes.map(({ label, count, of }, at) => {
    // A cell of no width disappears in some programs; the smallest bar is still seen.
    const width = Math.max(1, Math.round((100 * count) / widest));
    const bar = `<table role="presentation" width="${width}%" cellpadding="0" cellspacing="0"><tr><td height="14" bgcolor="${BAR_COLOURS[at % BAR_COLOURS.length]}" style="height:14px;font-size:1px;line-height:14px">&nbsp;</td></tr></table>`;
    return (
      `<tr><th scope="row" align="left" width="32%" style="padding:4px 8px 4px 0;font-weight:normal">${escaped(label)}</th>` +
      `<td width="40%" style="padding:4px 0">${bar}</td>` +
      `<td width="28%" align="right" style="padding:4px 0 4px 8px;white-space:nowrap">${frenchInteger(count)}${of === null ? '' : ` (${frenchPercent(count, of)})`}</td></tr>`
    );
  });
  return `<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">${rows.join('')}</table>`;
}

function paragraphs(lines: readonly string[]): string {
  return lines
    .map((line) => `<p style="margin:0 0 6px;overflow-wrap:anywhere">${unbroken(escaped(line))}</p>`)
    .join('');
}

/** No line ends inside guillemets, before a colon, or between a figure and its unit. */
function unbroken(text: string): string {
  return text
    .replace(/« /g, '«\u00a0')
    .replace(/ (?=[»:;?!%])/g, '\u00a0')
    .replace(/(\d) (?=(?:ms|points?|jours?|ans)\b)/g, '$1\u00a0');
}

/** Text as HTML shows it. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
