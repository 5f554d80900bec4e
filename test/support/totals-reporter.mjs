import { appendFileSync } from 'node:fs';

/**
 * Prints the plain closing line other tools read: `N passed, N failed, N skipped`. Where `PNBSF_TEST_TOTALS` names a
 * file, the three numbers are added to it instead, for whoever calls jest more than once.
 */
export default class TotalsReporter {
  onRunComplete(_contexts, results) {
    const totals = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    const file = process.env.PNBSF_TEST_TOTALS;
    if (file === undefined) process.stdout.write(totalsLine([totals]));
    else appendFileSync(file, `${JSON.stringify(totals)}\n`);
  }
}

/** The closing line of one or more calls. */
export function totalsLine(calls) {
  const sum = (member) => calls.reduce((total, call) => total + call[member], 0);
  return `\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`;
}
