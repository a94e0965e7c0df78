// Files that several headless clients share: real processes, one folder.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

const program = fileURLToPath(new URL('library.mjs', import.meta.url));
/** @param {string[]} args @returns {Promise<{code: number | null, out: string}>} */
const run = (...args) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 30000,
      env: {...process.env, NODE_NO_WARNINGS: '1'},
    });
    let out = '';
    child.stdout.on('data', (piece) => (out += piece));
    child.on('close', (code) => resolve({code, out}));
  });
/** @param {(folder: string) => Promise<void>} work */
const inFolder = async (work) => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-locks-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
};

test('a lock file without a number, as a full disk leaves it, holds nobody up', () =>
  inFolder(async (folder) => {
    writeFileSync(join(folder, 'config.vault.refresh.lock'), '');
    const before = Date.now();
    assert.equal((await run(folder, 'lock', 'refresh')).code, 0);
    assert.ok(Date.now() - before < 8000, `${Date.now() - before} ms`);
    assert.deepEqual(readdirSync(folder), []);
  }));

test('a lock that was left behind is taken over by one process at a time', () =>
  inFolder(async (folder) => {
    for (let round = 0; round < 3; ++round) {
      const file = join(folder, 'config.vault.refresh.lock');
      writeFileSync(file, round % 2 ? '' : String(2 ** 22 + 1));
      utimesSync(file, 1, 1);
      const all = await Promise.all(Array.from({length: 4}, () => run(folder, 'lock', 'refresh', '40')));
      const stays = all
        .map(({code, out}) => {
          assert.equal(code, 0);
          return [...out.matchAll(/\d+/g)].map(([text]) => BigInt(text));
        })
        .sort((a, b) => (a[0] < b[0] ? -1 : 1));
      for (let at = 1; at < stays.length; ++at)
        assert.ok(stays[at - 1][1] <= stays[at][0], `round ${round}: two were inside`);
      assert.deepEqual(readdirSync(folder), []);
    }
  }));

test('two processes that write different records of one vault lose none', () =>
  inFolder(async (folder) => {
    const rounds = '60';
    const both = await Promise.all(['session/a', 'session/b'].map((name) => run(folder, 'save', name, rounds)));
    assert.deepEqual(
      both.map(({code}) => code),
      [0, 0],
    );
    assert.deepEqual(JSON.parse(readFileSync(join(folder, 'config.vault'), 'utf8')), {
      'session/a': rounds,
      'session/a#': rounds,
      'session/b': rounds,
      'session/b#': rounds,
    });
    assert.deepEqual(readdirSync(folder), ['config.vault']);
  }));

test("a lock of a process whose number is another's by now holds nobody up", () =>
  inFolder(async (folder) => {
    writeFileSync(join(folder, 'config.vault.refresh.lock'), `${process.pid} 1 word`); // this process began later than that
    const before = Date.now();
    assert.equal((await run(folder, 'lock', 'refresh')).code, 0);
    assert.ok(Date.now() - before < 8000, `${Date.now() - before} ms`);
    assert.deepEqual(readdirSync(folder), []);
  }));

test('who died while taking a lock over holds nobody up, and leaves nothing', () =>
  inFolder(async (folder) => {
    const dead = 2 ** 22 + 1;
    writeFileSync(join(folder, 'config.vault.refresh.lock'), `${dead} 1 left`);
    writeFileSync(join(folder, 'config.vault.refresh.lock.over.left'), `${dead} 1 also`);
    const all = await Promise.all(Array.from({length: 4}, () => run(folder, 'lock', 'refresh', '20')));
    assert.deepEqual(
      all.map(({code}) => code),
      [0, 0, 0, 0],
    );
    assert.deepEqual(readdirSync(folder), []);
  }));

test("a holder that was frozen for more than a minute loses its lock, and does not take the next one's along when it wakes", () =>
  inFolder(async (folder) => {
    const file = join(folder, 'config.vault.refresh.lock');
    const frozen = spawn(process.execPath, [program, folder, 'lock', 'refresh', '200'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => frozen.stdout.once('data', resolve));
    frozen.kill('SIGSTOP');
    const long = Date.now() / 1000 - 61;
    utimesSync(file, long, long);
    const next = run(folder, 'lock', 'refresh', '1500');
    while (!existsSync(file) || statSync(file).mtimeMs < Date.now() - 60000)
      await new Promise((resolve) => setTimeout(resolve, 10));
    frozen.kill('SIGCONT');
    await new Promise((resolve) => frozen.on('close', resolve));
    assert.ok(existsSync(file), 'the second one is still inside');
    assert.equal((await next).code, 0);
    assert.deepEqual(readdirSync(folder), []);
  }));
