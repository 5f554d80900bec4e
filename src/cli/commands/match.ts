import type { Command } from '../command.ts';
import { LINKAGE_DETAILS, LINKAGE_OPTIONS, required, runLinkage } from '../linkage/run-linkage.ts';

/** `match`: which rows of two files are the same person. */
export const match: Command = {
  name: 'match',
  summary: 'rapproche deux fichiers CSV : quelles lignes sont la même personne',
  operands: '',
  options: {
    left: { value: 'A.csv', help: 'premier fichier' },
    right: { value: 'B.csv', help: 'second fichier' },
    ...LINKAGE_OPTIONS,
  },
  details: LINKAGE_DETAILS,
  run: (call, output) => runLinkage(required(call, 'left', 'A.csv'), required(call, 'right', 'B.csv'), call, output),
};
