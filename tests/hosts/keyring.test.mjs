// The native vault in a real Secret Service (gnome-keyring on a session bus of its own): every behaviour of the probe's
// vault, and no file with secrets. Without a bus the file of mode 0600 is used: probe.test.mjs.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {test} from 'node:test';
import {startPartner} from './partner.mjs';

const build = process.env.FOYER_BUILD ?? fileURLToPath(new URL('../../build', import.meta.url));
const probe = process.env.FOYER_PROBE_NATIVE ?? join(build, 'cmake/native-debug/tests/host_probe');
const missing = ['dbus-run-session', 'gnome-keyring-daemon'].filter((name) => spawnSync('which', [name]).status !== 0);

/**
 * Runs the probe on a session bus of its own. @param {string} before what the shell does first
 * @param {(out: string, folder: string, code: number | null) => void} check
 */
async function onBus(before, check) {
  assert.ok(existsSync(probe), `not built: ${probe}`);
  const partner = await startPartner();
  const folder = mkdtempSync(join(tmpdir(), 'foyer-keyring-'));
  const runtime = join(folder, 'run');
  mkdirSync(runtime);
  chmodSync(runtime, 0o700);
  try {
    const {DISPLAY, WAYLAND_DISPLAY, ...env} = process.env; // nobody is there to be asked
    const child = spawn('dbus-run-session', ['--', 'sh', '-c', `${before}exec "$0" "$1"`, probe, partner.url], {
      env: {
        ...env,
        HOME: folder,
        XDG_DATA_HOME: folder,
        XDG_CONFIG_HOME: folder,
        XDG_RUNTIME_DIR: runtime,
        FOYER_PROBE_DIR: folder,
      },
    });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (out += piece));
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.deepEqual(
      out.split('\n').filter((line) => line.startsWith('not ok')),
      [],
      out,
    );
    assert.match(out, /^ok a numbered secret is removed$/m);
    check(out, folder, code);
  } finally {
    await partner.close();
    rmSync(folder, {recursive: true, force: true});
  }
}

const skip = missing.length ? `apt-get install ${missing.join(' ')}` : false;

test("secrets go to the desktop's keyring, and to no file", {skip}, () =>
  onBus(
    'printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; ',
    (out, folder, code) => {
      assert.equal(code, 0, out);
      assert.equal(existsSync(join(folder, 'config.vault')), false, 'no vault file was made');
      assert.ok(existsSync(join(folder, 'keyrings')), 'the keyring is where they went');
    },
  ),
);

test('a keyring that stays locked is no obstacle: the file of mode 0600 takes them', {skip}, () =>
  onBus('', (out, folder, code) => {
    assert.equal(code, 0, out);
    assert.equal(statSync(join(folder, 'config.vault')).mode & 0o777, 0o600);
  }),
);

test('natively too, files in a folder that others can change are not used (S3)', async () => {
  assert.ok(existsSync(probe), `not built: ${probe}`);
  const partner = await startPartner();
  const folder = mkdtempSync(join(tmpdir(), 'foyer-exposed-'));
  chmodSync(folder, 0o777);
  try {
    const child = spawn(probe, [partner.url], {env: {...process.env, FOYER_PROBE_DIR: folder, FOYER_KEYRING: '0'}});
    let out = '';
    child.stdout.on('data', (piece) => (out += piece));
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(code, 1);
    assert.match(out, /^not ok a secret is saved$/m);
    for (const name of ['config.vault', 'config.records']) assert.equal(existsSync(join(folder, name)), false, name);
  } finally {
    await partner.close();
    rmSync(folder, {recursive: true, force: true});
  }
});
