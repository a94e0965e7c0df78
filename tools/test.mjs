// ./dev test [filter] [--sanitize] [--soak] – builds what the chosen suites need, runs them, and ends with
// `N passed, N failed, N skipped` (what was skipped is named above). Exit code 0 only when nothing failed.
//
// The filter is part of a suite's name (architecture, types, size, relay, headless, browser, native …), of a test
// program's name (`base` → base_tests, natively and in Node), or of a test file's path; when it is none of these, it is
// taken as part of a test's name inside the GoogleTest programs. `cases` (or `cases/NAME`) runs the cases of ../shared/cases and
// nothing else; they are no part of a run without a filter.
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {buildTests, configure, inequality, runProgram, testPrograms} from './suites/gtest.mjs';
import {runFiles, testFiles} from './suites/node_tests.mjs';
import {runCases} from './suites/cases.mjs';
import {none, suite, summary} from './suites/report.mjs';
import {root, run} from './suites/run.mjs';

const args = process.argv.slice(2);
const unknown = args.find((arg) => arg.startsWith('--') && !['--sanitize', '--soak'].includes(arg));
if (unknown) {
  console.error(`test: unknown argument '${unknown}' (--sanitize, --soak)`);
  process.exit(2);
}
const sanitize = args.includes('--sanitize');
// Journeys with real providers 50 times instead of 3, and the time that needs.
const soak = args.includes('--soak');
if (soak) process.env.FOYER_REPEAT = '50';
const filter = args.find((arg) => !arg.startsWith('--')) ?? '';
const nativePreset = sanitize ? 'native-asan' : 'native-debug';
const wanted = (/** @type {string} */ name) => name.includes(filter);

// What has to be built for a folder of JavaScript tests, and how many of its files run at once: a browser on a software
// renderer takes a whole machine, a child process does not, and one that waits for the cloud even less.
/** @type {Record<string, { build: string[], concurrency: number, limit: number, whole?: number }>} limits as runFiles takes them */
const folders = {
  hosts: {build: ['web', 'node', 'native'], concurrency: 2, limit: 240_000},
  serve: {build: ['web'], concurrency: 1, limit: 240_000},
  relay: {build: ['web', 'node'], concurrency: 2, limit: 120_000},
  headless: {build: ['web', 'node'], concurrency: 4, limit: 240_000},
  native: {build: ['web', 'native'], concurrency: 1, limit: 240_000},
  package: {build: ['web', 'node', 'native'], concurrency: 1, limit: 240_000},
  browser: {build: ['web'], concurrency: 1, limit: 480_000, whole: 1_920_000},
};
const plain = {build: [], concurrency: 2, limit: 120_000, whole: undefined};

const env = {
  FOYER_FIXTURES: process.env.FOYER_FIXTURES ?? path.join(root, '../shared/fixtures'),
  FOYER_VECTORS: process.env.FOYER_VECTORS ?? path.join(root, '../shared/vectors'),
  FOYER_BUILD: path.join(root, 'build'),
};
Object.assign(process.env, env);

/** @type {Map<string, boolean>} which of web, node, native this run has built */
const built = new Map();
async function build(/** @type {string} */ what) {
  if (built.has(what)) return;
  built.set(what, false);
  await suite(`build ${what}`, async () => {
    const debug = what === 'native' ? ['--debug'] : [];
    // What only the tests want.
    const more = {web: [], node: ['host_probe'], native: ['host_probe', 'shell_preview']}[what] ?? [];
    const probe = more.length ? ['all', ...more].flatMap((target) => ['--target', target]) : [];
    const outcome = await run('tools/build.sh', [what, ...debug, ...probe], {limit: 1_500_000});
    built.set(what, outcome.ok);
    if (outcome.ok) return none();
    console.log(outcome.output.slice(-20_000));
    return {...none(), failed: [`build ${what}`]};
  });
}

/** Names of the GoogleTest programs, read where they are declared: a filter that meets none costs no configuration. */
const declared = readdirSync(path.join(root, 'tests'))
  .map((folder) => path.join(root, 'tests', folder, 'CMakeLists.txt'))
  .filter((file) => existsSync(file))
  .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/foyer_test\(\s*(\w+)/g)].map((match) => match[1]));

async function programs() {
  if (!declared.some(wanted) && matchesElsewhere()) return;
  const chosen = new Map();
  const all = new Set();
  for (const preset of [nativePreset, 'node']) {
    await configure(preset);
    const names = testPrograms(preset);
    names.forEach((name) => all.add(name));
    chosen.set(preset, names);
  }
  const named = [...all].filter(wanted);
  const byTestName = filter !== '' && named.length === 0 && !matchesElsewhere();
  const names = byTestName ? [...all] : named;
  if (names.length === 0) return;
  const pattern = byTestName ? `*${filter}*` : '*';

  /** @type {Record<string, Map<string, import('./suites/report.mjs').Counts>>} */
  const results = {native: new Map(), node: new Map()};
  for (const [host, preset] of [
    ['native', nativePreset],
    ['node', 'node'],
  ]) {
    const here = names.filter((name) => chosen.get(preset).includes(name));
    const broken = here.length ? await buildTests(preset, here) : new Set();
    const queue = [...here];
    const worker = async () => {
      for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
        const program = name;
        const counts = await suite(`${program} ${host}`, async () =>
          broken.has(program)
            ? {...none(), failed: [`${program} (${host}): does not build`]}
            : runProgram(preset, program, pattern),
        );
        results[host].set(program, counts);
      }
    };
    await Promise.all(Array.from({length: Math.min(4, os.availableParallelism())}, worker));
  }
  await suite('equal number natively and in Node', async () => {
    const failed = names
      .map((name) => inequality(name, results.native.get(name) ?? none(), results.node.get(name) ?? none()))
      .filter((text) => text !== null);
    return {passed: names.length - failed.length, failed, skipped: []};
  });
}

const folderNames = readdirSync(path.join(root, 'tests'), {withFileTypes: true})
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const chosenFiles = (/** @type {string} */ folder) => testFiles(`tests/${folder}`).filter((file) => wanted(file));
const matchesElsewhere = () =>
  wanted('types') || wanted('size') || folderNames.some((name) => chosenFiles(name).length);

async function files(/** @type {string} */ folder) {
  const chosen = chosenFiles(folder);
  if (chosen.length === 0) return;
  const how = folders[folder] ?? plain;
  for (const what of how.build) await build(what);
  const missing = how.build.filter((what) => !built.get(what));
  await suite(folder, async () =>
    missing.length
      ? {...none(), failed: [`${folder}: needs ${missing.join(', ')}, which does not build`]}
      : runFiles(folder, chosen, {
          ...how,
          limit: soak ? 10 * how.limit : how.limit,
          whole: how.whole && soak ? 10 * how.whole : how.whole,
          env,
        }),
  );
}

const started = performance.now();
if (filter === 'cases' || filter.startsWith('cases/')) {
  // `cases`, or `cases/w05` for those that begin so
  for (const what of ['web', 'node']) await build(what);
  await suite('cases', () => runCases(filter.split('/').slice(1)));
  process.exit(summary());
}
await files('architecture');
if (wanted('types')) {
  await suite('types', async () => {
    const outcome = await run('node_modules/.bin/tsc', ['-p', '.', '--pretty', 'false']);
    if (outcome.ok) return {...none(), passed: 1};
    console.log(outcome.output.slice(0, 10_000));
    return {...none(), failed: ['types: tsc --checkJs']};
  });
}
try {
  await programs();
} catch (error) {
  await suite('configure', () => Promise.reject(error));
}
if (wanted('size')) {
  await build('web');
  await suite('size', async () => {
    if (!built.get('web')) return {...none(), failed: ['size: the page does not build']};
    const outcome = await run(process.execPath, ['tools/size.mjs'], {limit: 120_000});
    console.log(outcome.output.trimEnd());
    return outcome.ok ? {...none(), passed: 1} : {...none(), failed: ['size: first visit over its ceiling']};
  });
}
const last = ['hosts', 'headless', 'native', 'browser'];
for (const folder of [...folderNames.filter((name) => name !== 'architecture' && !last.includes(name)), ...last]) {
  if (folderNames.includes(folder)) await files(folder);
}
console.log(`\nwhole run: ${((performance.now() - started) / 1000).toFixed(0)} s`);
process.exitCode = summary();
