import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { describeSettings, readConfig } from '../../src/config.ts';
import { environmentExample, settingsPage } from './settings-pages.ts';

/** With PNBSF_WRITE_DOCS=1 the page is written first, so that a change of the settings takes one command. */
async function expectPage(path: string, text: string): Promise<void> {
  if (process.env['PNBSF_WRITE_DOCS'] === '1') await writeFile(path, text);
  expect(await readFile(path, 'utf8')).toBe(text);
}

describe('the pages made from the settings', () => {
  it('docs/settings.md lists every setting with its default, unit and role', async () => {
    await expectPage('docs/settings.md', settingsPage(describeSettings()));
  });

  it('.env.example shows every setting', async () => {
    await expectPage('.env.example', environmentExample(describeSettings()));
  });

  it('.env.example changes no setting when it is used as it is', async () => {
    const lines = (await readFile('.env.example', 'utf8')).split('\n');
    const uncommented = lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split('=', 1)[0]);
    expect(uncommented).toEqual(['POSTGRES_PASSWORD']);
  });

  it('every setting has a role to read, and defaults that start', () => {
    const settings = describeSettings();
    expect(settings.filter(({ help }) => help === '')).toEqual([]);
    expect(new Set(settings.map(({ key }) => key)).size).toBe(settings.length);
    const defaults = Object.fromEntries(settings.map(({ key, fallback }) => [key, fallback]));
    expect(readConfig(defaults)).toEqual(readConfig({}));
  });
});
