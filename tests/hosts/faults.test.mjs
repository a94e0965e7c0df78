// The files of the headless client on a disk that fails: at every single change, in every way, and while it is full. Real
// processes; where the system allows it, a real file system that is really full.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {fileURLToPath} from 'node:url';

const program = fileURLToPath(new URL('library.mjs', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'foyer-faults-'));
after(() => rmSync(root, {recursive: true, force: true}));
let folders = 0;
const fresh = () => {
  const folder = join(root, String(++folders));
  mkdirSync(folder, {mode: 0o700});
  return folder;
};
/** @param {string} folder @param {Record<string, string>} records */
const vault = (folder, records) => writeFileSync(join(folder, 'config.vault'), JSON.stringify(records), {mode: 0o600});
/** @param {string} folder @returns {Record<string, string>} */
const stored = (folder) => JSON.parse(readFileSync(join(folder, 'config.vault'), 'utf8'));
/** @param {string} folder @param {string[]} args @param {Record<string, string>} [env] */
const run = (folder, args, env = {}) =>
  spawnSync(process.execPath, [program, folder, ...args], {
    encoding: 'utf8',
    timeout: 30_000,
    env: {...process.env, NODE_NO_WARNINGS: '1', ...env},
  });
const before = {'session/a': 'old', 'session/a#': '1', 'session/b': 'another account', 'session/b#': '7'};

test('a renewal whose disk fails at any one change, in any way: spent is kept, and nothing is left behind', () => {
  const whole = fresh();
  vault(whole, before);
  const {stdout, status} = run(whole, ['renew', 'session/a']);
  assert.equal(status, 0);
  const changes = Number(/changes (\d+)/.exec(stdout)?.[1]);
  assert.ok(changes >= 8, stdout);
  assert.equal(stored(whole)['session/a'], 'tokens');
  let spent = 0;
  for (const code of ['ENOSPC', 'EIO']) {
    for (let at = 1; at <= changes; ++at) {
      const folder = fresh();
      vault(folder, before);
      const ended = run(folder, ['renew', 'session/a'], {FAULT: `${at},${code}`});
      const now = stored(folder);
      const what = `change ${at}, ${code}: ${ended.stdout}${ended.stderr}`;
      assert.deepEqual([now['session/b'], now['session/b#']], ['another account', '7'], what);
      assert.ok(['old', 'journal', 'tokens'].includes(now['session/a']), what);
      // What fails behind the answer can only be a write of the answer itself: then it is said.
      if (ended.stdout.includes('spent')) {
        ++spent;
        assert.equal(ended.status, now['session/a'] === 'tokens' ? 0 : 12, what);
      } else {
        assert.equal(ended.status, 12, what);
      }
      assert.deepEqual(readdirSync(folder), ['config.vault'], what);
      assert.equal(run(folder, ['renew', 'session/a'], {}).status === 0 || now['session/a'] !== 'old', true, what);
    }
  }
  assert.ok(spent > 0);
});

test('a disk that is full from the moment the answer comes keeps it all the same', () => {
  const folder = fresh();
  vault(folder, before);
  const {stdout, status, stderr} = run(folder, ['renew', 'session/a'], {FULL_AFTER: '1'});
  assert.match(stdout, /spent/);
  assert.equal(status, 0, stderr);
  assert.deepEqual(stored(folder), {...before, 'session/a': 'tokens', 'session/a#': '3'});
  assert.equal(statSync(join(folder, 'config.vault')).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(folder), ['config.vault']);
});

test('on a full disk nothing is spent, and a sign-out removes the tokens: of the only account, and of one of two', () => {
  const full = {FAULT: '1,ENOSPC'};
  const folder = fresh();
  vault(folder, before);
  const renewal = run(folder, ['renew', 'session/a'], full);
  assert.equal(renewal.status, 12);
  assert.doesNotMatch(renewal.stdout, /spent/);
  assert.equal(run(folder, ['remove', 'session/a'], full).status, 0);
  assert.deepEqual(stored(folder), {'session/b': 'another account', 'session/b#': '7'});
  assert.equal(run(folder, ['remove', 'session/b'], {FAULT: '1,ENOSPC'}).status, 0);
  assert.deepEqual(readdirSync(folder), []);
});

test('what a killed process left beside the vault goes with the next change', () => {
  const folder = fresh();
  vault(folder, before);
  const nobody = 2 ** 22 + 7;
  for (const name of [
    `config.vault.${nobody}.new`,
    `config.vault.${nobody}.room`,
    `config.vault.${process.pid}.new`,
    'config.vault.keep',
  ])
    writeFileSync(join(folder, name), 'x');
  assert.equal(run(folder, ['renew', 'session/a']).status, 0);
  assert.deepEqual(
    readdirSync(folder).sort(),
    ['config.vault', `config.vault.${process.pid}.new`, 'config.vault.keep'].sort(),
  );
});

const mountable = process.getuid?.() === 0;
test('on a real file system that is really full', {skip: mountable ? false : 'only root may mount one'}, (t) => {
  const folder = fresh();
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k,mode=700', 'tmpfs', folder]).status !== 0)
    return t.skip('this system mounts nothing');
  try {
    vault(folder, before);
    assert.equal(run(folder, ['renew', 'session/a']).status, 0, 'with room');
    writeFileSync(join(folder, 'config.vault'), JSON.stringify(before), {mode: 0o600});
    const filler = join(folder, 'filler');
    for (let size = 128 * 1024; size > 0; size -= 4096) {
      try {
        writeFileSync(filler, Buffer.alloc(size));
        break;
      } catch {
        rmSync(filler, {force: true});
      }
    }
    const renewal = run(folder, ['renew', 'session/a']);
    assert.equal(renewal.status, 12, renewal.stdout + renewal.stderr);
    assert.doesNotMatch(renewal.stdout, /spent/);
    assert.deepEqual(stored(folder), before);
    assert.deepEqual(readdirSync(folder).sort(), ['config.vault', 'filler']);
    assert.equal(run(folder, ['remove', 'session/a']).status, 0);
    assert.deepEqual(stored(folder), {'session/b': 'another account', 'session/b#': '7'});
    rmSync(filler);
    vault(folder, before);
    assert.equal(run(folder, ['renew', 'session/a']).status, 0, 'with room again');
    spawnSync('mount', ['-o', 'remount,ro', folder]);
    assert.equal(run(folder, ['renew', 'session/a']).status, 12, 'read-only');
    assert.equal(stored(folder)['session/a'], 'tokens');
  } finally {
    spawnSync('umount', [folder]);
  }
  assert.ok(!existsSync(join(folder, 'config.vault')));
});
