import type { OutcomeClass } from '../failures/failure-rule.ts';
import type { AnswerClass } from './decoded-answer.ts';

/** `unknown` as stored answers word it. */
export function answerClass(outcome: OutcomeClass): AnswerClass {
  return outcome === 'unknown' ? 'outcome-unknown' : outcome;
}
