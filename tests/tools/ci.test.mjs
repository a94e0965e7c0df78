// @ts-check
// .ci/run, with a ./dev that only says what a run of the suites would.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, it} from 'node:test';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-ci-'));
  mkdirSync(join(folder, '.ci'));
  copyFileSync(new URL('../../.ci/run', import.meta.url), join(folder, '.ci/run'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

/** @param {string[]} lines of ./dev */
function dev(...lines) {
  writeFileSync(join(folder, 'dev'), ['#!/usr/bin/env bash', ...lines].join('\n') + '\n');
  chmodSync(join(folder, 'dev'), 0o755);
}

/** Runs it as a person does who keeps the output. @returns {Promise<[number | null, string[]]>} exit code, lines of the file */
async function kept() {
  const child = spawn(
    'bash',
    ['-c', '{ echo before; bash .ci/run some; code=$?; echo after; } >kept.txt; exit $code'],
    {cwd: folder, stdio: 'ignore'},
  );
  const [code] = await once(child, 'exit');
  return [code, readFileSync(join(folder, 'kept.txt'), 'utf8').split('\n').filter(Boolean)];
}

describe('.ci/run', () => {
  it('keeps everything in a file, beside what stood there', async () => {
    dev('echo "suite $2 ok"', 'echo', 'echo "3 passed, 0 failed, 1 skipped"');
    assert.deepEqual(await kept(), [
      0,
      ['before', 'suite some ok', '3 passed, 0 failed, 1 skipped', '3 passed, 0 failed, 1 skipped', 'after'],
    ]);
  });

  it('takes the exit code of the command, whatever its last line says', async () => {
    dev('echo "3 passed, 0 failed, 0 skipped"', 'exit 3');
    const [code, lines] = await kept();
    assert.equal(code, 1);
    assert.equal(lines.at(-2), '3 passed, 1 failed, 0 skipped');
    dev('echo "no count"', 'exit 7');
    const [other, said] = await kept();
    assert.equal(other, 1);
    assert.ok(
      said.some((line) => /ended with 7 and without a count/.test(line)),
      said.join('\n'),
    );
  });

  it('Ctrl+C ends what it started', {timeout: 30_000}, async () => {
    dev("trap 'kill $!; echo ended >ended.txt; exit 130' INT", 'echo begun', 'sleep 25 & wait');
    const child = spawn('bash', ['.ci/run'], {cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'ignore']});
    const started = performance.now();
    await once(/** @type {import('node:stream').Readable} */ (child.stdout), 'data');
    process.kill(-(/** @type {number} */ (child.pid)), 'SIGINT'); // what a terminal does
    const [code] = await once(child, 'exit');
    assert.equal(code, 130);
    assert.equal(readFileSync(join(folder, 'ended.txt'), 'utf8'), 'ended\n');
    assert.ok(performance.now() - started < 20_000);
  });
});
