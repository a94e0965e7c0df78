// The sum over all suites. Every suite reports here and nowhere else, so the last line of a run is true.

/** @typedef {{ passed: number, failed: string[], skipped: string[] }} Counts */

/** @type {{ name: string, seconds: number, counts: Counts }[]} */
const suites = [];

/** @returns {Counts} */
export const none = () => ({passed: 0, failed: [], skipped: []});

/**
 * Runs one suite, prints its line, keeps its counts. A suite that throws counts as one failure.
 * @param {string} name
 * @param {() => Promise<Counts>} body
 */
export async function suite(name, body) {
  const start = performance.now();
  /** @type {Counts} */
  let counts;
  try {
    counts = await body();
  } catch (error) {
    console.log(error instanceof Error ? error.stack : String(error));
    counts = {...none(), failed: [`${name}: ${error instanceof Error ? error.message : error}`]};
  }
  const seconds = (performance.now() - start) / 1000;
  suites.push({name, seconds, counts});
  const {passed, failed, skipped} = counts;
  console.log(
    `${failed.length ? 'FAIL' : ' ok '} ${name.padEnd(34)} ${String(passed).padStart(5)} passed ` +
      `${String(failed.length).padStart(3)} failed ${String(skipped.length).padStart(3)} skipped ${seconds.toFixed(1).padStart(7)} s`,
  );
  return counts;
}

/** Names what failed and what was skipped, then the line that others read. @returns {number} exit code */
export function summary() {
  const failed = suites.flatMap((s) => s.counts.failed);
  const skipped = suites.flatMap((s) => s.counts.skipped);
  const passed = suites.reduce((sum, s) => sum + s.counts.passed, 0);
  if (skipped.length) console.log(`\nSkipped:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
  if (failed.length) console.log(`\nFailed:\n${failed.map((name) => `  ${name}`).join('\n')}`);
  console.log(`\n${passed} passed, ${failed.length} failed, ${skipped.length} skipped`);
  return failed.length === 0 && passed > 0 ? 0 : 1;
}
