// The tools that judge everything else are judged here: counting, comparing, refusing with a useful sentence.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {figure} from '../../tools/figures.mjs';
import {countCases} from '../../tools/suites/cases.mjs';
import {inequality} from '../../tools/suites/gtest.mjs';
import {countTap, runFiles} from '../../tools/suites/node_tests.mjs';
import {root, run} from '../../tools/suites/run.mjs';

const shell = (/** @type {string} */ script) => spawnSync('bash', ['-c', script], {cwd: root, encoding: 'utf8'});

test('only leaves of a test report are counted', () => {
  const counts = countTap(
    [
      'TAP version 13',
      '# Subtest: group',
      '    # Subtest: a',
      '    ok 1 - a',
      '    # Subtest: b',
      '    not ok 2 - b',
      '    1..2',
      'not ok 1 - group',
      'ok 2 - alone',
      'ok 3 - left out # SKIP no fixtures',
      '1..3',
    ].join('\n'),
  );
  assert.deepEqual(counts, {passed: 2, failed: ['b'], skipped: ['left out (no fixtures)']});
});

test('cases count by their verdict, and one that holds partly is a failure', () => {
  assert.deepEqual(
    countCases(
      '   ok  something\n   → passes 2/2\n\nw01-a  passes  2/2\nw02-b  partly  1/3\n03-c  fails  0/1\n3 cases: 1 pass, 1 partly, 1 fail',
    ),
    {passed: 1, failed: ['cases: w02-b partly (1/3)', 'cases: 03-c fails (0/1)'], skipped: []},
  );
});

test('a test file that cannot even be loaded is a failure, not a silence', async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'foyer-tools-'));
  const file = path.join(dir, 'broken.test.mjs');
  writeFileSync(file, 'this is not JavaScript');
  delete process.env.NODE_TEST_CONTEXT; // else the inner run would report to the outer one
  const print = console.log;
  console.log = () => {};
  try {
    const counts = await runFiles('tools-self', [file], {concurrency: 1, limit: 10_000, env: {}});
    assert.equal(counts.failed.length, 1);
    assert.equal(counts.passed, 0);
  } finally {
    console.log = print;
    rmSync(dir, {recursive: true});
  }
});

test('a difference between the hosts is named, equal skips are not a difference', () => {
  const counts = (/** @type {number} */ passed, /** @type {string[]} */ skipped) => ({passed, failed: [], skipped});
  assert.equal(inequality('x', counts(3, ['a']), counts(3, ['a'])), null);
  assert.match(String(inequality('x', counts(3, []), counts(2, []))), /3 tests natively, 2 in Node/);
  assert.match(String(inequality('x', counts(3, ['a']), counts(4, []))), /1 skipped natively, 0 in Node/);
});

test('a program over its time limit is ended and said to be', async () => {
  const outcome = await run('sleep', ['60'], {limit: 50});
  assert.equal(outcome.timedOut, true);
  assert.equal(outcome.ok, false);
});

test('a program that does not exist is an answer, not an exception', async () => {
  assert.equal((await run('/nonexistent/program', [])).ok, false);
});

test('figures carry the promise of their name, unknown names carry none', () => {
  assert.equal(figure({name: 'first_visit_brotli_bytes', value: 1, unit: 'bytes'}).ceiling, 344_064);
  assert.equal(figure({name: 'something', value: 1, unit: 'ms'}).ceiling, null);
});

test('versions are compared as versions', () => {
  const at = (/** @type {string} */ wanted, /** @type {string} */ have) =>
    shell(`. tools/setup/env.sh; version_at_least ${wanted} ${have}`).status === 0;
  assert.ok(at('3.1.69', '3.1.69') && at('3.1.69', '4.0.1') && at('20', '20.20.2') && at('3.1.9', '3.1.10'));
  assert.ok(!at('3.1.69', '3.1.6') && !at('20', '18.20.4'));
});

test('the lock file pins by digest and names no registry', () => {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  for (const [name, entry] of Object.entries(lock.packages)) {
    if (name === '') continue;
    assert.equal(entry.resolved, undefined, name);
    assert.match(entry.integrity, /^sha512-/, name);
  }
});

test('a wrong word on the command line is answered with what is expected', () => {
  for (const [command, words] of /** @type {const} */ ([
    ['./dev frobnicate', /\.\/dev run/],
    ['tools/build.sh everything', /native, web, node or all/],
    ['tools/build.sh', /which one\?/],
    ['tools/run.sh --port 99999', /1 to 65535/],
    ['tools/run.sh --frob', /--port N, --relay FILE/],
    ['tools/soak.sh --frob', /--seed N/],
  ])) {
    const {status, stderr} = shell(command);
    assert.notEqual(status, 0, command);
    assert.match(stderr, words, command);
  }
});
