import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { doubtExamples } from './doubt-examples.ts';

const PAGE = new URL('../../docs/doubts.md', import.meta.url);

/** `PNBSF_WRITE_DOCS=1` writes the examples into the page instead of comparing them. */
it('docs/doubts.md shows what the product really says of its examples', async () => {
  const page = await readFile(PAGE, 'utf8');
  const examples = await doubtExamples();
  const written = page.replace(
    /(<!-- exemple ([\w-]+) -->\n\n```text\n)[\s\S]*?(\n```)/g,
    (_, opening: string, name: string, closing: string) => `${opening}${examples.get(name) ?? '?'}${closing}`,
  );
  for (const name of examples.keys()) expect(page).toContain(`<!-- exemple ${name} -->`);
  if (process.env['PNBSF_WRITE_DOCS'] === '1') await writeFile(PAGE, written);
  else expect(page).toBe(written);
});
