import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Gazetteer } from '../../domain/gazetteer.ts';
import type { MailRecipient } from '../../domain/mail-recipients.ts';
import type { Executor } from '../../store/database.ts';
import { queuedMails } from '../../store/mail/queued-mails.ts';

/** Invented recipients, one of each role, the last for the région with most households; `.invalid` leads nowhere. */
export async function demoRecipients(db: Executor, gazetteer: Gazetteer): Promise<readonly MailRecipient[]> {
  const region = (await recognisedRegion(db, gazetteer)) ?? 'Dakar';
  return [
    { address: 'direction@anacmu.invalid', role: 'direction', region: '' },
    { address: 'exploitation@anacmu.invalid', role: 'exploitation', region: '' },
    { address: 'region@anacmu.invalid', role: 'region', region },
  ];
}

async function recognisedRegion(db: Executor, gazetteer: Gazetteer): Promise<string | null> {
  const place = await db
    .selectFrom('household')
    .select(({ fn }) => ['region', 'departement', fn.max('commune').as('commune')])
    .groupBy(['region', 'departement'])
    .orderBy(({ fn }) => fn.countAll(), 'desc')
    .orderBy('departement')
    .limit(1)
    .executeTakeFirst();
  return place ? (gazetteer.recognise(place)?.region ?? null) : null;
}

/** Leaves the queued mails of a run as `.eml` files, which every mail program opens. Returns their paths. */
export async function writeMails(db: Executor, runId: string, folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const { role, region, raw } of await queuedMails(db, runId)) {
    const path = join(folder, `${region === '' ? role : `${role}-${region.toLowerCase()}`}.eml`);
    await writeFile(path, raw, { mode: 0o600 });
    paths.push(path);
  }
  return paths;
}
