import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { csv, Deliveries, HEADER, countsOf, line, notesOf } from './deliveries.ts';

let deliveries: Deliveries;
beforeAll(async () => {
  deliveries = await Deliveries.open();
});
afterAll(() => deliveries.database.close());

describe('importing a file', () => {
  it('stores household, person, enrolment and work, and the counts add up', async () => {
    const text = csv(
      line('SN-04120199-1', 1, 'Awa Ndiaye', '1;2;99;1962;2K05196200108;PODOR'),
      line('SN-04120199-1', 2, 'Modou Fall', '3;1;3;2009;;PODOR'),
      line('SN-04120199-2', 1, 'Fatou Sow'),
      line('', 1, 'Sans Référence'),
      line('SN-04120199-2', 1, 'Fatou Sow'),
    );
    const result = await deliveries.importText(text);
    expect(countsOf(result)).toEqual({
      linesRead: 5,
      accepted: 3,
      repeats: 1,
      unreadable: 1,
      households: 2,
      people: 3,
      newPeople: 3,
      changedPeople: 0,
      resumedPeople: 0,
      contradictingRepeats: 0,
    });
    const people = await deliveries.rows(`select p.ref, p.full_name, p.relationship, p.sex, p.birth_year, p.birth_month,
        p.birth_precision, p.national_id, p.line_number, p.raw_line, h.commune, e.state, e.step, e.campaign,
        w.verify_due is not null as due
      from person p join household h on h.id = p.household_id join enrolment e on e.person_id = p.id
        join household_work w on w.household_id = h.id order by p.ref`);
    expect(people).toHaveLength(3);
    expect(people[0]).toEqual({
      ref: 'SN-04120199-1/1',
      full_name: 'Awa Ndiaye',
      relationship: 1,
      sex: 'F',
      birth_year: 1962,
      birth_month: null,
      birth_precision: 'year',
      national_id: '2K05196200108',
      line_number: 2,
      raw_line: line('SN-04120199-1', 1, 'Awa Ndiaye', '1;2;99;1962;2K05196200108;PODOR'),
      commune: 'PODOR',
      state: 'received',
      step: 'verify',
      campaign: 'PNBSF-2026',
      due: true,
    });
    const [batch] = await deliveries.rows<{ encoding: string; separator: string; size_bytes: string }>(
      'select encoding, separator, size_bytes from batch',
    );
    expect(batch).toEqual({ encoding: 'UTF-8', separator: ';', size_bytes: String(Buffer.byteLength(text)) });
    const unreadable = await deliveries.rows('select line_number, field, code, raw_line from unreadable_line');
    expect(unreadable).toEqual([
      { line_number: 5, field: 'referenceMenage', code: 'REFERENCE_VIDE', raw_line: line('', 1, 'Sans Référence') },
    ]);
    expect(await deliveries.rows('select line_number, person_ref, kind from repeated_line')).toEqual([
      { line_number: 6, person_ref: 'SN-04120199-2/1', kind: 'same-content' },
    ]);
  });

  it('keeps the first of two lines that contradict each other, and says so', async () => {
    const result = await deliveries.importText(csv(line('SN-04-90', 1, 'Awa Ba'), line('SN-04-90', 1, 'Awa Bah')));
    expect(countsOf(result)).toMatchObject({ linesRead: 2, accepted: 1, repeats: 1, contradictingRepeats: 1 });
    expect(notesOf(result)).toContain('contenu différent : 1');
    const names = await deliveries.rows(`select full_name from person where ref = 'SN-04-90/1'`);
    expect(names).toEqual([{ full_name: 'Awa Ba' }]);
    const kept = await deliveries.rows(`select kind, raw_line from repeated_line where person_ref = 'SN-04-90/1'`);
    expect(kept).toEqual([{ kind: 'other-content', raw_line: line('SN-04-90', 1, 'Awa Bah') }]);
  });

  it('joins the spellings of one reference and keeps the raw one', async () => {
    const text = csv(line('SN2019-0412ABC  -12', 1, 'Awa Ba'), line(' sn2019-0412abc -12 ', 2, 'Modou Ba'));
    expect(countsOf(await deliveries.importText(text))).toMatchObject({ households: 1, accepted: 2 });
    expect(await deliveries.rows(`select ref, ref_key from household where ref_key = 'SN2019-0412ABC-12'`)).toEqual([
      { ref: 'SN2019-0412ABC  -12', ref_key: 'SN2019-0412ABC-12' },
    ]);
  });

  it.each([';', ',', '\t'])(
    'reads separator %j in UTF-8, UTF-8 with mark, Windows-1252 and UTF-16',
    async (separator) => {
      const lines = [line('SN-05-X', 1, 'Ndèye Sène'), line('SN-05-X', 2, '"Ousmane dit ""Baye"""')];
      const text = csv(...lines)
        .replaceAll(';', separator)
        .replaceAll('\n', '\r\n');
      const files: readonly [string, Buffer][] = [
        ['A', Buffer.from(text)],
        ['B', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])],
        ['C', Buffer.from(text, 'latin1')],
        ['D', Buffer.from(`\ufeff${text}`, 'utf16le')],
        ['E', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
        ['F', gzipSync(text)],
      ];
      for (const [name, bytes] of files) {
        const reference = `SN-05-${separator.charCodeAt(0)}${name}`;
        const mine = name === 'F' ? gzipSync(text.replaceAll('SN-05-X', reference)) : renamed(bytes, name, reference);
        expect(countsOf(await deliveries.importText(mine))).toMatchObject({ linesRead: 2, accepted: 2 });
        const people = await deliveries.rows(`select full_name from person where ref like $1 order by ref`, [
          `${reference}/%`,
        ]);
        expect(people).toEqual([{ full_name: 'Ndèye Sène' }, { full_name: 'Ousmane dit "Baye"' }]);
      }
    },
  );

  it('reads line ends CR LF, LF and CR mixed, quoted line ends and blank lines', async () => {
    const text = `${HEADER}\r\n${line('SN-06-1', 1, 'Awa Ba')}\r${line('SN-06-1', 2, 'Modou Ba')}\n\n;;;;;;;;\r\n`;
    const quoted = line('SN-06-1', 3, 'Sidy Ba', '3;1;;;;"RAO\r\nprès du puits"');
    const result = await deliveries.importText(`${text}${quoted}`);
    expect(countsOf(result)).toMatchObject({ linesRead: 3, accepted: 3 });
    expect(notesOf(result)).toContain('Lignes vides ignorées : 2');
    expect(notesOf(result)).toContain('pas de fin de ligne');
    const [third] = await deliveries.rows<{ raw_line: string }>(`select raw_line from person where ref = 'SN-06-1/3'`);
    expect(third?.raw_line).toBe(quoted.replace('\r\n', '\n'));
  });

  it('tells which columns were not read', async () => {
    const text = 'reference_enquete,N° ordre,Prénom et nom,scorePmt\nSN-07-1,1,Awa Ba,0.3\n';
    const result = await deliveries.importText(text);
    expect(notesOf(result)).toContain('ignorées : scorePmt');
    expect(countsOf(result).accepted).toBe(1);
  });

  it('reports progress up to the size of the file', async () => {
    const seen: number[] = [];
    const text = csv(line('SN-08-1', 1, 'Awa Ba'));
    await deliveries.importText(text, {
      onProgress: ({ bytesRead, bytesTotal }) => seen.push(bytesRead, bytesTotal ?? 0),
    });
    expect(seen.at(-2)).toBe(Buffer.byteLength(text));
    expect(seen.at(-1)).toBe(Buffer.byteLength(text));
  });
});

function renamed(bytes: Buffer, name: string, reference: string): Buffer {
  if (name === 'C') return Buffer.from(bytes.toString('latin1').replaceAll('SN-05-X', reference), 'latin1');
  if (name === 'D') return Buffer.from(bytes.toString('utf16le').replaceAll('SN-05-X', reference), 'utf16le');
  if (name === 'E')
    return Buffer.from(
      Buffer.from(bytes).swap16().toString('utf16le').replaceAll('SN-05-X', reference),
      'utf16le',
    ).swap16();
  return Buffer.from(bytes.toString('utf8').replaceAll('SN-05-X', reference));
}
