import { readFile } from 'node:fs/promises';
import { decodeAnswer, type DecodeOptions } from '../../exchange/decode/decode-answer.ts';
import type { Operation } from '../../exchange/exchange-client.ts';
import { UsageError, type Call, type Command } from '../command.ts';
import { decodedAnswerText } from '../exchange/decoded-answer-text.ts';
import { readHttpHead } from '../exchange/read-http-head.ts';

const UNREADABLE = 1;

/** `exchange decode FILE`: what a stored answer says. Reads two files and nothing else, no database among it. */
export const exchangeCommand: Command = {
  name: 'exchange',
  summary: 'décode une réponse X-Road conservée (SOAP ou REST)',
  operands: 'decode FICHIER',
  options: {
    http: { value: 'FICHIER.json', help: 'état et en-têtes HTTP de la réponse (par défaut : 200 et text/xml)' },
    operation: { value: 'read|write', help: 'nature de la demande : consultation ou écriture (par défaut : write)' },
    json: { help: 'résultat en JSON, valeurs comprises : données personnelles' },
  },
  details: [
    'FICHIER contient le corps de la réponse, ou la réponse HTTP entière avec ses en-têtes.',
    'Sans sa demande, une réponse est jugée seule : règles du protocole, et nom du corps d’après le service.',
    'Code 1 si la réponse est illisible.',
  ],
  async run(call, output) {
    const path = fileToDecode(call);
    const operation = operationOf(call);
    const headFile = call.text('http');
    const bytes = await readFile(path);
    const options: DecodeOptions = {
      operation,
      ...(headFile === null ? {} : { head: await readHttpHead(headFile) }),
    };
    const { status, ...answer } = decodeAnswer(bytes, options);
    if (call.on('json')) output.json(answer);
    else output.result(decodedAnswerText({ ...answer, ...(status === undefined ? {} : { status }) }));
    return answer.kind === 'unreadable' ? UNREADABLE : 0;
  },
};

function fileToDecode({ positionals: [action, path] }: Call): string {
  if (action !== 'decode') throw new UsageError('Il faut dire « exchange decode FICHIER ».');
  if (path === undefined) throw new UsageError('Il manque le fichier à décoder.');
  return path;
}

function operationOf(call: Call): Operation {
  const operation = call.text('operation') ?? 'write';
  if (operation === 'read' || operation === 'write') return operation;
  throw new UsageError(`--operation : « ${operation} » n’est ni read ni write.`);
}
