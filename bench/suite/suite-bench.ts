import { runSuite } from './suite.ts';
import { readSuiteOptions } from './suite-options.ts';
import { suiteTable } from './suite-table.ts';
import { writePerformancePage } from './write-performance-page.ts';

/**
 * Runs the whole bench with the words of its command line; resolves to what is to be printed. Progress goes to the error
 * output, so that `--json` prints one object and nothing else.
 */
export async function suiteBench(words: readonly string[]): Promise<string> {
  const options = readSuiteOptions(words);
  const result = await runSuite(options, (text) => void process.stderr.write(`${text}\n`));
  if (options.write) await writePerformancePage(result);
  return options.json ? JSON.stringify(result, null, 2) : suiteTable(result);
}
