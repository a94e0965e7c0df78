// Suites written in JavaScript (`node --test`): counted from the machine-readable report, shown in the readable one.
import {mkdirSync, readFileSync, readdirSync, rmSync, statSync} from 'node:fs';
import path from 'node:path';
import {none} from './report.mjs';
import {root, run} from './run.mjs';

/** @param {string} dir relative to the root @returns {string[]} test files below it, relative to the root */
export function testFiles(dir) {
  /** @type {string[]} */
  const found = [];
  for (const entry of readdirSync(path.join(root, dir)).sort()) {
    const file = `${dir}/${entry}`;
    if (statSync(path.join(root, file)).isDirectory()) found.push(...testFiles(file));
    else if (entry.endsWith('.test.mjs')) found.push(file);
  }
  return found;
}

/**
 * Reads a TAP report. Only leaves count: a test that contains tests is a heading. @param {string} tap
 * @returns {import('./report.mjs').Counts}
 */
export function countTap(tap) {
  const counts = none();
  let deepest = -1; // indent of the result line before this one: a deeper one belongs to a child
  for (const line of tap.split('\n')) {
    const match = /^( *)(not ok|ok) \d+ - (.*)$/.exec(line);
    if (!match) continue;
    const indent = match[1].length;
    const heading = deepest > indent;
    deepest = indent;
    if (heading) continue;
    const skip = /^(.*?)\s+# SKIP\b\s*(.*)$/.exec(match[3]);
    if (skip) counts.skipped.push(skip[2] ? `${skip[1]} (${skip[2]})` : skip[1]);
    else if (match[2] === 'ok') counts.passed += 1;
    else counts.failed.push(match[3]);
  }
  return counts;
}

/**
 * @param {string} name @param {string[]} files
 * @param {{ concurrency: number, limit: number, whole?: number, env: Record<string, string> }} how  limits in ms: `limit` for
 *   one test, `whole` for all files together (twice that of one)
 * @returns {Promise<import('./report.mjs').Counts>}
 */
export async function runFiles(name, files, {concurrency, limit, whole = 2 * limit, env}) {
  const tapFile = path.join(root, 'build', `report-${name}.tap`);
  mkdirSync(path.dirname(tapFile), {recursive: true});
  rmSync(tapFile, {force: true});
  const outcome = await run(
    process.execPath,
    [
      '--test',
      `--test-concurrency=${concurrency}`,
      `--test-timeout=${limit}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${tapFile}`,
      ...files,
    ],
    {limit: whole, env},
  );
  const counts = countTap(readFileSync(tapFile, 'utf8'));
  const labelled = {
    passed: counts.passed,
    failed: counts.failed.map((test) => `${name}: ${test}`),
    skipped: counts.skipped.map((test) => `${name}: ${test}`),
  };
  if (!outcome.ok && (outcome.timedOut || labelled.failed.length === 0)) {
    labelled.failed.push(`${name}: ended with ${outcome.timedOut ? 'its time limit' : outcome.code}`);
  }
  if (labelled.failed.length) console.log(outcome.output.slice(-30_000));
  return labelled;
}
