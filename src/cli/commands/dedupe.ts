import type { Command } from '../command.ts';
import { LINKAGE_DETAILS, LINKAGE_OPTIONS, required, runLinkage } from '../linkage/run-linkage.ts';

/** `dedupe`: which rows of one file are the same person. */
export const dedupe: Command = {
  name: 'dedupe',
  summary: 'cherche les doublons d’un fichier CSV : quelles lignes sont la même personne',
  operands: '',
  options: { in: { value: 'A.csv', help: 'fichier à examiner' }, ...LINKAGE_OPTIONS },
  details: LINKAGE_DETAILS,
  run: (call, output) => runLinkage(required(call, 'in', 'A.csv'), null, call, output),
};
