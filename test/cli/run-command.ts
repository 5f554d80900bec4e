import type { Command } from '../../src/cli/command.ts';
import { parseCall } from '../../src/cli/parse-call.ts';

/** What a command said and how it ended. */
export interface CommandResult {
  readonly status: number;
  /** Results, one to a line. */
  readonly text: string;
  /** The last JSON result; undefined when there was none. */
  readonly json: unknown;
  /** What was said along the way. */
  readonly said: string;
}

/** Runs one command as the program would, in this process. Rejects with what the command throws. */
export async function runCommand(command: Command, words: readonly string[]): Promise<CommandResult> {
  const results: string[] = [];
  const said: string[] = [];
  let json: unknown;
  const status = await command.run(parseCall(command, words), {
    result: (text) => void results.push(text),
    json: (value) => {
      // As a reader of standard output gets it: undefined members are gone.
      json = JSON.parse(JSON.stringify(value));
    },
    say: (text) => void said.push(text),
    progress: () => ({ update: () => undefined, end: () => undefined }),
  });
  return { status, text: results.join('\n'), json, said: said.join('\n') };
}
