// Cases that others wrote (a folder beside the checkout, FOYER_CASES): a quarter of an hour, so only by their own name.
import {existsSync} from 'node:fs';
import path from 'node:path';
import {none} from './report.mjs';
import {root, run} from './run.mjs';

/** Reads the table at the end of a run: `name  passes|partly|fails  3/4`. @param {string} output
 * @returns {import('./report.mjs').Counts} */
export function countCases(output) {
  const counts = none();
  for (const [, name, verdict, held] of output.matchAll(/^(\S+) {2}(passes|partly|fails) {2}(\d+\/\d+)$/gm)) {
    if (verdict === 'passes') counts.passed += 1;
    else counts.failed.push(`cases: ${name} ${verdict} (${held})`);
  }
  return counts;
}

/** @param {string[]} beginnings of names; none: all of them @returns {Promise<import('./report.mjs').Counts>} */
export async function runCases(beginnings) {
  const folder = process.env.FOYER_CASES ?? path.join(root, '../shared/cases');
  const script = path.join(folder, 'run.mjs');
  if (!existsSync(script))
    return {...none(), skipped: ['cases (there is no ../shared/cases; FOYER_CASES names another folder)']};
  const outcome = await run(process.execPath, [script, ...beginnings], {
    limit: 3_600_000,
    env: {FOYER_ROOT: root},
    show: true,
  });
  const counts = countCases(outcome.output);
  if (outcome.timedOut || counts.passed + counts.failed.length === 0)
    counts.failed.push(`cases: ended with ${outcome.timedOut ? 'its time limit' : outcome.code}`);
  return counts;
}
