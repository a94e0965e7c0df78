// ./dev bench – builds the page and the benchmark programs with the page's own flags, runs them in Node (and, for what
// only a browser can show, tests/bench/*.bench.mjs in Chromium), one after the other on an otherwise quiet machine.
// Each prints one JSON line per figure: {"name", "value", "unit"}; other lines are passed on. Result: build/bench.json.
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {figure, publish} from './figures.mjs';
import {root, run} from './suites/run.mjs';

const built = await run('tools/build.sh', ['web', '--target', 'all', '--target', 'all_benches'], {limit: 1_500_000});
if (!built.ok) {
  console.error(built.output);
  process.exit(1);
}
const dir = path.join(root, 'build/cmake/web-release');
/** @type {string[][]} */
const programs = readFileSync(path.join(dir, 'benches.txt'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((name) => [path.join(dir, 'bench', `${name}.js`)]);
const scripts = path.join(root, 'tests/bench');
if (existsSync(scripts)) {
  for (const name of readdirSync(scripts).sort())
    if (name.endsWith('.bench.mjs')) programs.push([path.join(scripts, name)]);
}

/** @type {import('./figures.mjs').Figure[]} */
const results = [];
let failed = false;
for (const program of programs) {
  console.log(`${path.relative(root, program[0])} ...`);
  const outcome = await run(process.execPath, program, {
    limit: 600_000,
    env: {
      FOYER_BUILD: path.join(root, 'build'),
      FOYER_FIXTURES: process.env.FOYER_FIXTURES ?? path.join(root, '../shared/fixtures'),
    },
  });
  for (const line of outcome.output.split('\n')) {
    if (line.startsWith('{"name"')) results.push(figure(JSON.parse(line)));
    else if (line.trim() !== '') console.log(`  ${line}`);
  }
  if (!outcome.ok) {
    console.error(`  failed: ${outcome.timedOut ? 'time limit' : outcome.code}`);
    failed = true;
  }
}
// What an untouched machine needs is measured by tests/fresh/run.sh, as root and for a quarter of an hour; shown here.
const fresh = path.join(root, 'build/fresh.json');
if (existsSync(fresh)) results.push(...JSON.parse(readFileSync(fresh, 'utf8')).results.map(figure));
else
  console.log(
    'fresh_packages, fresh_bytes, fresh_seconds_to_page: not measured here yet (as root: tests/fresh/run.sh)',
  );
process.exitCode = publish('bench.json', results) && !failed ? 0 : 1;
