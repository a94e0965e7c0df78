// What people install: the npm package in a clean prefix, from a folder with spaces, without a network, on the oldest Node.js
// that is promised and on the newest there is; and the site as an archive.
import assert from 'node:assert/strict';
import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';
import {root} from '../../tools/suites/run.mjs';
import {demoConfig, throughSimulator} from '../headless/support.mjs';

const version = readFileSync(path.join(root, 'VERSION'), 'utf8').trim();
const folder = mkdtempSync(path.join(os.tmpdir(), 'foyer package '));
const out = path.join(folder, 'made here');
const archive = path.join(out, `foyer-${version}.tgz`);
/** npm as a program of its own, to be started by any Node.js. */
const npm = realpathSync(execFileSync('which', ['npm'], {encoding: 'utf8'}).trim());

before(() => {
  const made = spawnSync(process.execPath, ['tools/package/pack.mjs', '--out', out], {cwd: root, encoding: 'utf8'});
  assert.equal(made.status, 0, made.stderr);
});
after(() => rmSync(folder, {recursive: true, force: true}));

/** The Node.js programs to try, or why one is not there. */
function programs() {
  const newest = spawnSync('tools/setup/newest-node.sh', {cwd: root, encoding: 'utf8'});
  const [major] = process.versions.node.split('.').map(Number);
  const old = path.join(process.env.FOYER_TOOLS_DIR ?? path.join(root, '.tools'), 'node/bin/node');
  const twenty = major === 20 ? process.execPath : spawnSync(old, ['--version']).status === 0 ? old : '';
  return [
    {name: 'Node.js 20', program: twenty, missing: twenty === '' ? 'no Node.js 20 is here' : ''},
    {
      name: 'the newest Node.js',
      program: newest.stdout.trim(),
      missing: newest.status === 0 ? '' : (newest.stderr.trim().split('\n').at(-1) ?? 'it could not be fetched'),
    },
  ];
}

describe('the package', () => {
  it('holds client, page, demo, relay, guides, licences – and nothing that only development needs', () => {
    const names = execFileSync('tar', ['-tzf', archive], {encoding: 'utf8'})
      .split('\n')
      .filter(Boolean)
      .map((name) => name.replace(/^package\//, ''));
    for (const name of [
      'package.json',
      'README.md',
      'LICENSE',
      'THIRD_PARTY_NOTICES.txt',
      'foyer.mjs',
      'foyer.wasm',
      'de.words',
      'es.words',
      'fr.words',
      'it.words',
      'site/index.html',
      'site/sim.wasm',
      'site/THIRD_PARTY_NOTICES.txt',
      'lib/web/headless/serve.mjs',
      'lib/web/headless/init.mjs',
      'lib/tools/relay/function.mjs',
      'docs/serve.md',
      'docs/config.md',
    ])
      assert.ok(names.includes(name), name);
    assert.deepEqual(
      names.filter((name) => /\.(cpp|hpp|o|a|map|test\.mjs)$|node_modules|relay\.json|\.vault/.test(name)),
      [],
    );
    assert.ok(statSync(archive).size < 4 << 20, `${statSync(archive).size} bytes`);
  });

  it('says what it is: one version, a command, the Node.js it needs, no dependency', () => {
    const manifest = JSON.parse(execFileSync('tar', ['-xzOf', archive, 'package/package.json'], {encoding: 'utf8'}));
    assert.deepEqual(
      [manifest.name, manifest.version, manifest.license, manifest.bin, manifest.engines],
      ['foyer', version, 'MIT', {foyer: 'foyer.mjs'}, {node: '>=20'}],
    );
    for (const field of ['devDependencies', 'dependencies', 'scripts', 'private'])
      assert.equal(manifest[field], undefined, field);
  });

  it('names the parts of client and page in one file', () => {
    const said = execFileSync('tar', ['-xzOf', archive, 'package/THIRD_PARTY_NOTICES.txt'], {encoding: 'utf8'});
    for (const name of [
      'Inter',
      'Material Design Icons',
      'Dear ImGui',
      'nlohmann_json',
      'Emscripten',
      'musl',
      'libc++',
    ])
      assert.ok(said.includes(`* ${name}`), name);
  });
});

describe('the site as an archive', () => {
  it('is the built page, file by file', () => {
    const into = path.join(folder, 'site of a server');
    execFileSync('python3', ['-m', 'zipfile', '-e', path.join(out, `foyer-site-${version}.zip`), into]);
    const unpacked = path.join(into, `foyer-site-${version}`);
    const files = (/** @type {string} */ at) =>
      readdirSync(at, {recursive: true})
        .map(String)
        .filter((name) => statSync(path.join(at, name)).isFile())
        .sort();
    assert.deepEqual(files(unpacked), files(path.join(root, 'build/site')));
    for (const file of files(unpacked))
      assert.ok(
        readFileSync(path.join(unpacked, file)).equals(readFileSync(path.join(root, 'build/site', file))),
        file,
      );
    assert.ok(files(unpacked).includes('THIRD_PARTY_NOTICES.txt'));
  });
});

for (const {name, program, missing} of programs()) {
  describe(`installed with ${name}`, {skip: missing || false}, () => {
    const place = path.join(folder, name.replaceAll(/\W+/g, ' '));
    const prefix = path.join(place, 'a clean prefix');
    const bin = path.join(place, 'bin');
    const home = path.join(place, 'home of a person');
    // Nothing of this machine's npm settings, modules or Node.js is seen; whatever asks a registry fails.
    const env = {
      PATH: `${bin}:/usr/bin:/bin`,
      HOME: home,
      npm_config_prefix: prefix,
      npm_config_offline: 'true',
      npm_config_update_notifier: 'false',
      npm_config_audit: 'false',
      npm_config_cache: path.join(place, 'cache'),
    };
    const foyer = path.join(prefix, 'bin/foyer');
    /** @param {string[]} args */
    const run = (...args) => spawnSync(foyer, args, {cwd: home, env, encoding: 'utf8', timeout: 60_000});

    before(() => {
      for (const made of [bin, home]) mkdirSync(made, {recursive: true});
      symlinkSync(program, path.join(bin, 'node'));
      const installed = spawnSync(program, [npm, 'install', '-g', `./foyer-${version}.tgz`], {
        cwd: out,
        env,
        encoding: 'utf8',
      });
      assert.equal(installed.status, 0, installed.stderr);
    });

    it('is one folder and one command that says its version', () => {
      assert.deepEqual(readdirSync(path.join(prefix, 'lib/node_modules')), ['foyer']);
      assert.deepEqual([run('--version').stdout, run('--version').stderr], [`${version}\n`, '']);
      assert.match(run('--help').stdout, /serve .*--relay[^]*init/);
    });

    it('serves page and demo, where a client signs in, switches a lamp and reads it back', async () => {
      const server = spawn(foyer, ['serve', '--port', '0'], {cwd: home, env});
      try {
        const line = await new Promise((resolve, reject) => {
          server.stdout.once('data', (part) => resolve(String(part)));
          server.on('close', () => reject(new Error('it ended')));
        });
        const url = /^Foyer: (http:\/\/localhost:\d+)\/#\/setup\n$/.exec(line)?.[1] ?? '';
        assert.match(await (await fetch(`${url}/`)).text(), /<title>Foyer/);
        assert.equal((await fetch(`${url}/THIRD_PARTY_NOTICES.txt`)).status, 200);
        writeFileSync(path.join(home, 'config.json'), JSON.stringify(demoConfig(url)));
        const client = spawn(
          foyer,
          ['--config', 'config.json', 'sign-in', '--redirect', 'http://127.0.0.1:0/callback', '--timeout', '60'],
          {cwd: home, env},
        );
        const {authorize} = await new Promise((resolve) =>
          client.stdout.once('data', (part) => resolve(JSON.parse(String(part).split('\n')[0]))),
        );
        const gone = new Promise((resolve) => client.on('close', resolve));
        await fetch(await throughSimulator(authorize, 'alice'));
        assert.equal(await gone, 0);
        const [{id}] = JSON.parse(await ended('--config', 'config.json', 'homes')).homes;
        const {modules} = JSON.parse(await ended('--config', 'config.json', 'topology', id));
        const lamp = modules.find(
          (/** @type {any} */ one) =>
            one.kind === 'light' || one.capabilities.some((/** @type {any} */ can) => can.aspect === 'on'),
        );
        for (const wanted of ['on', 'off']) {
          assert.equal(
            JSON.parse(await ended('--config', 'config.json', 'set', id, lamp.id, wanted)).picture,
            'confirmed',
          );
        }
      } finally {
        server.kill('SIGTERM');
      }
    });

    /** As `run`, while a server of this process has to answer. @param {string[]} args @returns {Promise<string>} */
    const ended = (...args) =>
      new Promise((resolve, reject) => {
        const child = spawn(foyer, args, {cwd: home, env});
        let text = '';
        child.stdout.on('data', (part) => (text += part));
        child.on('close', (code) =>
          code === 0
            ? resolve(text.trim().split('\n').at(-1) ?? '')
            : reject(new Error(`${args.join(' ')}: ${code} ${text}`)),
        );
      });

    it('writes the files of a registration and serves with them', () => {
      writeFileSync(path.join(home, 'secret'), 'a-secret-of-twenty');
      const made = run(
        'init',
        'netatmo',
        '--client-id',
        '5f0123456789abcdef012345',
        '--client-secret-file',
        'secret',
        '--offline',
        '--folder',
        'my home',
      );
      assert.equal(made.status, 0, made.stderr);
      assert.match(made.stdout, /^foyer serve --relay 'my home\/relay\.json'/);
      const refused = run('serve', '--relay', 'my home/relay.json', '--host', '10.0.0.1');
      assert.match(refused.stderr, /refused without TLS/);
    });
  });
}

it('the version of the one file stands in the page’s head', () => {
  assert.match(
    readFileSync(path.join(root, 'build/site/index.html'), 'utf8'),
    new RegExp(`<meta name="generator" content="Foyer ${version.replaceAll('.', '\\.')}">`),
  );
});
