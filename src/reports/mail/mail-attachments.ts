import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MailAttachment } from '../../domain/mail.ts';
import type { MailRecipient, MailRole } from '../../domain/mail-recipients.ts';
import { DIFFERENCES_LIST, MAILED_DIFFERENCES } from '../lines/differences-list.ts';
import { mailedListFile } from '../lines/mailed-lists.ts';
import { RECONCILIATION_LIST } from '../lines/reconciliation-list.ts';
import type { WrittenFile } from '../table/table-file.ts';

/** The files a mail speaks of: those that go with it, and those that are too large and are only named. */
export interface ChosenFiles {
  readonly attached: readonly WrittenFile[];
  readonly named: readonly WrittenFile[];
}

export interface AttachmentRule {
  /** Bytes of all attachments of a mail together. */
  readonly maxBytes: number;
  /** Whether lists with names and birth dates may leave by mail. */
  readonly personal: boolean;
}

/** Lists that say who people are. */
const PERSONAL: readonly string[] = [DIFFERENCES_LIST.file, RECONCILIATION_LIST.file];

/** What each role reads, the figures first. Those who run the system need no list of people. */
const WANTED: Readonly<Record<MailRole, (personal: boolean, region: string) => readonly string[]>> = {
  direction: (personal) => [
    'synthese.csv',
    'equite.csv',
    ...(personal ? PERSONAL : [MAILED_DIFFERENCES.file, mailedListFile('')]),
  ],
  region: (_, region) => [mailedListFile(region)],
  exploitation: () => ['synthese.csv', MAILED_DIFFERENCES.file],
};

/** Whether some of the files say who people are. */
export function tellsWho(files: readonly WrittenFile[]): boolean {
  return files.some(({ name }) => PERSONAL.includes(name));
}

/** Chooses a recipient's files from a report. */
export function chooseFiles(
  files: readonly WrittenFile[],
  recipient: MailRecipient,
  { maxBytes, personal }: AttachmentRule,
): ChosenFiles {
  const wanted = WANTED[recipient.role](personal, recipient.region);
  const attached: WrittenFile[] = [];
  const named: WrittenFile[] = [];
  let left = maxBytes;
  for (const name of wanted) {
    const file = files.find((one) => one.name === name);
    if (!file) continue; // a région without anybody in this run has no list
    if (file.bytes <= left) {
      left -= file.bytes;
      attached.push(file);
    } else named.push(file);
  }
  return { attached, named };
}

/** Reads the attached files of a report's folder. */
export async function readAttachments(
  folder: string,
  attached: readonly WrittenFile[],
): Promise<readonly MailAttachment[]> {
  return Promise.all(
    attached.map(async ({ name }) => ({
      name,
      contentType: 'text/csv; charset=utf-8',
      content: await readFile(join(folder, name)),
    })),
  );
}
