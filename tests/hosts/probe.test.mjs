// Every real host passes the same probe against a partner that misbehaves on demand.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {test} from 'node:test';
import {startPartner} from './partner.mjs';

const build = process.env.FOYER_BUILD ?? fileURLToPath(new URL('../../build', import.meta.url));
const nodeProbe = process.env.FOYER_PROBE_NODE ?? join(build, 'cmake/node/tests/host_probe.js');
const nativeProbe = process.env.FOYER_PROBE_NATIVE ?? join(build, 'cmake/native-debug/tests/host_probe');

/** @param {string} command @param {string[]} args @param {string} folder @returns {Promise<{code: number | null, out: string}>} */
function run(command, args, folder) {
  const child = spawn(command, args, {env: {...process.env, FOYER_PROBE_DIR: folder}});
  let out = '';
  child.stdout.on('data', (piece) => (out += piece));
  child.stderr.on('data', (piece) => (out += piece));
  return new Promise((resolve) => child.on('close', (code) => resolve({code, out})));
}

/** @type {Array<[string, string, string[]]>} */
const probes = [
  ['JavaScript ports in Node', process.execPath, [nodeProbe]],
  ['native ports', nativeProbe, []],
];
for (const [name, command, args] of probes) {
  test(`${name}: every behaviour of the probe`, async (t) => {
    assert.ok(existsSync(args[0] ?? command), `not built: ${args[0] ?? command}`);
    const partner = await startPartner();
    const folder = mkdtempSync(join(tmpdir(), 'foyer-probe-'));
    try {
      const {code, out} = await run(command, [...args, partner.url], folder);
      const lines = out.split('\n').filter((line) => /^(not )?ok /.test(line));
      for (const line of lines) await t.test(line.replace(/^(not )?ok /, ''), () => assert.match(line, /^ok /));
      await t.test('runs to its end', () => assert.equal(code, 0, out));
      await t.test('both files belong to their owner alone (S3)', () => {
        for (const file of ['config.vault', 'config.records'])
          assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600);
      });
      assert.ok(lines.length > 50, out);
    } finally {
      rmSync(folder, {recursive: true, force: true});
      await partner.close();
    }
  });
}
