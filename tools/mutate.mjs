// mutate.mjs [FILE=TEST_PROGRAM …] [--seed N] [--count N] – do the tests notice a changed program? Takes the last commit
// into build/mutants, changes one operator, number or condition of a file at a time, builds the test program and runs it.
// Prints each change that no test has noticed, and the share that was. Changes that do not compile do not count.
// A survivor may be a change without an effect; the goal is therefore 90 % (validator, classifier, scheduler).
import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {parseArgs} from 'node:util';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {seed: {type: 'string', default: '1'}, count: {type: 'string', default: '40'}},
});
const subjects =
  positionals.length > 0
    ? positionals
    : [
        'core/oauth/id_token.cpp=oauth_tests',
        'core/oauth/callback.cpp=oauth_tests',
        'core/oauth/jwks.cpp=oauth_tests',
        'core/oauth/token_response.cpp=oauth_tests',
        'core/policy/classify.cpp=policy_tests',
        'core/policy/decide.cpp=policy_tests',
        'core/policy/wait_text.cpp=policy_tests',
        'core/policy/quota.cpp=policy_tests',
        'core/policy/breaker.cpp=policy_tests',
      ];
const tree = path.resolve('build/mutants/tree');
const build = path.resolve('build/mutants/build');
const shared = path.resolve('../shared');
const environment = {
  FOYER_FIXTURES: path.join(shared, 'fixtures'),
  FOYER_VECTORS: path.join(shared, 'vectors'),
  ...process.env,
};

/** @type {Array<[RegExp, string]>} */
const changes = [
  [/ == /g, ' != '],
  [/ != /g, ' == '],
  [/ <= /g, ' < '],
  [/ >= /g, ' > '],
  [/ < /g, ' <= '],
  [/ > /g, ' >= '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ \+ /g, ' - '],
  [/ - /g, ' + '],
  [/\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
  [/\bstd::min\b/g, 'std::max'],
  [/\bstd::max\b/g, 'std::min'],
  [/\bif \(!/g, 'if ('],
  [/\bif \((?![!]|const |auto )/g, 'if (!'],
  [/(?<![\w.'"])\d+(?![\w.'"])/g, '+1'],
];

/** A line without the texts and remarks in it, as long as before. @param {string} line */
const bare = (line) => line.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])'|\/\/.*/g, (text) => '~'.repeat(text.length));

/** Every change of that source: [line number, line after it]. @param {string[]} lines */
function mutants(lines) {
  /** @type {Array<[number, string]>} */
  const out = [];
  lines.forEach((line, number) => {
    if (/^\s*(#|\/\/|template|static_assert|using )/.test(line)) return;
    for (const [what, into] of changes)
      for (const found of bare(line).matchAll(what)) {
        const text = into === '+1' ? String(Number(found[0]) + 1) : into;
        out.push([number, line.slice(0, found.index) + text + line.slice(found.index + found[0].length)]);
      }
  });
  return out;
}

/** Numbers from a seed (mulberry32). @param {number} seed */
function dice(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

fs.rmSync(tree, {recursive: true, force: true});
fs.mkdirSync(tree, {recursive: true});
execFileSync('bash', ['-c', `git archive HEAD | tar -xm -C '${tree}'`]);
for (const link of ['node_modules', '.tools'])
  if (fs.existsSync(link)) fs.symlinkSync(path.resolve(link), path.join(tree, link));
const quiet = {cwd: tree, env: environment, encoding: /** @type {const} */ ('utf8')};
execFileSync('cmake', ['--preset', 'native-debug', '-B', build], quiet);
const make = (/** @type {string} */ program) =>
  spawnSync('cmake', ['--build', build, '--target', program], quiet).status === 0;
const passes = (/** @type {string} */ program) =>
  spawnSync(path.join(build, 'tests', program), ['--gtest_fail_fast', '--gtest_brief=1'], {
    ...quiet,
    cwd: build,
    timeout: 120_000,
  }).status === 0;

let killed = 0,
  survived = 0;
for (const subject of subjects) {
  const [file, program] = subject.split('=');
  if (!make(program) || !passes(program)) throw new Error(`${program} fails without any change`);
  const place = path.join(tree, file);
  const source = fs.readFileSync(place, 'utf8');
  const lines = source.split('\n');
  const all = mutants(lines),
    next = dice(Number(values.seed));
  let noticed = 0,
    missed = 0;
  while (all.length > 0 && noticed + missed < Number(values.count)) {
    const [[number, line]] = all.splice(Math.floor(next() * all.length), 1);
    fs.writeFileSync(place, lines.with(number, line).join('\n'));
    if (!make(program)) continue;
    if (passes(program)) {
      ++missed;
      console.log(`${file}:${number + 1}: nobody noticed\n  ${lines[number].trim()}\n  ${line.trim()}`);
    } else {
      ++noticed;
    }
  }
  fs.writeFileSync(place, source);
  console.log(`${file}: ${noticed} of ${noticed + missed} changes noticed`);
  killed += noticed;
  survived += missed;
}
console.log(
  `mutants: ${killed} of ${killed + survived} killed (${((100 * killed) / (killed + survived)).toFixed(1)} %), --seed ${values.seed} --count ${values.count}`,
);
