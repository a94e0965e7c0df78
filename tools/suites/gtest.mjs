// GoogleTest programs: the same sources natively and as WebAssembly in Node, in equal number.
import {existsSync, mkdirSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {none} from './report.mjs';
import {root, run} from './run.mjs';

/** @typedef {import('./report.mjs').Counts} Counts */

const buildDir = (/** @type {string} */ preset) => path.join(root, 'build/cmake', preset);

/**
 * Configures a preset if that has not happened, and brings its lists up to date.
 * @param {string} preset
 */
export async function configure(preset) {
  const dir = buildDir(preset);
  const steps = existsSync(path.join(dir, 'build.ninja'))
    ? await run('ninja', ['-C', dir, 'build.ninja'])
    : await run('cmake', ['--preset', preset]);
  if (!steps.ok) throw new Error(`configuring ${preset} failed\n${steps.output}`);
}

/** @param {string} preset @returns {string[]} names of its test programs */
export function testPrograms(preset) {
  return readFileSync(path.join(buildDir(preset), 'tests.txt'), 'utf8')
    .split('\n')
    .filter(Boolean);
}

/**
 * Builds test programs, going on after errors. @param {string} preset @param {string[]} names
 * @returns {Promise<Set<string>>} those that could not be built
 */
export async function buildTests(preset, names) {
  const built = await run('ninja', ['-C', buildDir(preset), '-k', '0', ...names], {limit: 1_200_000});
  if (built.ok) return new Set();
  console.log(
    built.output
      .split('\n')
      .filter((line) => !/^\[\d+\/\d+\] (Building|Linking|Creating)/.test(line))
      .join('\n'),
  );
  const broken = new Set();
  for (const name of names) {
    const rest = await run('ninja', ['-C', buildDir(preset), '-n', name]);
    if (!rest.output.includes('no work to do')) broken.add(name);
  }
  return broken;
}

/**
 * Runs one program and reads its own JSON report. @param {string} preset @param {string} name @param {string} pattern
 * @returns {Promise<Counts>}
 */
export async function runProgram(preset, name, pattern) {
  const inNode = preset === 'node';
  const base = path.join(buildDir(preset), 'tests', name);
  const report = `${base}.json`;
  mkdirSync(path.dirname(report), {recursive: true});
  rmSync(report, {force: true});
  const flags = [`--gtest_output=json:${report}`, `--gtest_filter=${pattern}`];
  const outcome = inNode
    ? await run(process.execPath, [`${base}.js`, ...flags], {limit: 300_000})
    : await run(base, flags, {limit: 300_000});
  const where = `${name} (${inNode ? 'node' : 'native'})`;
  const counts = none();
  if (existsSync(report)) {
    const {testsuites} = JSON.parse(readFileSync(report, 'utf8'));
    for (const group of testsuites) {
      for (const test of group.testsuite) {
        const label = `${where}: ${group.name}.${test.name}`;
        if (test.failures) counts.failed.push(label);
        else if (test.result === 'SKIPPED' || test.status === 'NOTRUN') counts.skipped.push(label);
        else counts.passed += 1;
      }
    }
  }
  if (!outcome.ok && counts.failed.length === 0) {
    counts.failed.push(`${where}: ended with ${outcome.timedOut ? 'its time limit' : outcome.code}`);
  }
  if (counts.failed.length) console.log(outcome.output.slice(-20_000));
  return counts;
}

/**
 * @param {string} name @param {Counts} native @param {Counts} node
 * @returns {string | null} what differs between the two hosts, or null
 */
export function inequality(name, native, node) {
  const sum = (/** @type {Counts} */ c) => c.passed + c.failed.length + c.skipped.length;
  if (sum(native) !== sum(node)) return `${name}: ${sum(native)} tests natively, ${sum(node)} in Node`;
  if (native.skipped.length !== node.skipped.length) {
    return `${name}: ${native.skipped.length} skipped natively, ${node.skipped.length} in Node`;
  }
  return null;
}
