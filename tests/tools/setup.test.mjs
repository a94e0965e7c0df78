// Setting up on machines that lack something: every end is one sentence that says what and what to do, and the next call
// goes on where this one stopped. What a machine answers is acted by small programs that stand first in PATH.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {root} from '../../tools/suites/run.mjs';

/** @param {string} file @param {string} text */
const program = (file, text) => {
  writeFileSync(file, `#!/bin/bash\n${text}\n`);
  chmodSync(file, 0o755);
};

/**
 * A copy of the set-up scripts on a machine that answers as `acts` says: root on Debian with nothing installed, no sudo,
 * plenty of space, unless told otherwise. @param {Record<string, string>} acts
 */
function machine(acts = {}) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'foyer-setup-'));
  cpSync(path.join(root, 'tools/setup'), path.join(dir, 'tools/setup'), {recursive: true});
  mkdirSync(path.join(dir, 'bin'));
  const usual = {
    id: 'echo 0',
    'dpkg-query': 'exit 1',
    dpkg: `case $1 in --print-architecture) echo amd64 ;; *) echo "dpkg $*" >>"${dir}/calls" ;; esac`,
    df: 'printf "Filesystem 1024-blocks Used Available\\nx 1 1 99999999\\n"',
    'apt-get': `echo "apt-get $*" >>"${dir}/calls"`,
    sudo: 'exit 1',
  };
  for (const [name, text] of Object.entries({...usual, ...acts})) program(path.join(dir, 'bin', name), text);
  return {
    dir,
    /** @param {string} script @param {Record<string, string>} [env] */
    run(script, env = {}) {
      const {FOYER_TOOLS_DIR: _, FOYER_DIE: __, ...rest} = process.env;
      const {status, stderr, stdout} = spawnSync('bash', ['-c', script], {
        cwd: dir,
        encoding: 'utf8',
        env: {...rest, PATH: `${dir}/bin:/usr/bin:/bin`, ...env},
      });
      return {status, words: stderr.trim().split('\n'), stdout};
    },
    calls: () => readFileSync(path.join(dir, 'calls'), 'utf8').trim().split('\n'),
    remove: () => rmSync(dir, {recursive: true}),
  };
}

/** Runs one script on such a machine and looks at the sentence it ends with. */
function endsWith(
  /** @type {Record<string, string>} */ acts,
  /** @type {string} */ script,
  /** @type {RegExp} */ sentence,
  /** @type {Record<string, string>} */ env = {},
) {
  const here = machine(acts);
  try {
    const {status, words} = here.run(script, env);
    assert.notEqual(status, 0);
    assert.match(words[words.length - 1], sentence);
  } finally {
    here.remove();
  }
}

test('no network: the package lists could not be fetched, although apt-get says it went well', () => {
  endsWith(
    {
      'apt-get':
        'case "$*" in *-s*) exit 100 ;; update*) echo "W: Failed to fetch http://deb.debian.org/: Temporary failure resolving" >&2 ;; esac',
    },
    'tools/setup/system.sh build',
    /^dev: the package lists could not be fetched: check the network/,
  );
});

test('no network: npm packages and Emscripten say so too', () => {
  endsWith({npm: 'exit 1'}, 'tools/setup/npm.sh', /^dev: npm could not install them .* check the network/);
  // Emscripten comes from another suite of the same mirror.
  const clang = {'apt-get': 'case "$*" in *download*) exit 100 ;; esac', npm: 'exit 0', emcc: 'echo 3.1.6'};
  if (existsSync('/usr/bin/clang-19')) {
    endsWith(clang, 'tools/setup/emscripten.sh', /^dev: .* did not give Debian 13's emscripten: check the network/);
  } else {
    endsWith(clang, 'tools/setup/emscripten.sh', /^dev: clang-19 is missing: apt-get install/);
  }
});

test('no root: the command for somebody who is', () => {
  endsWith(
    {id: 'echo 1000'},
    'tools/setup/system.sh build',
    /^dev: please install, as root, and call again: apt-get install --no-install-recommends .*clang-19 .*xz-utils/,
  );
});

test('a mirror that lacks a package: which one', () => {
  endsWith(
    {'apt-get': 'case "$*" in *-s*llvm-19*) exit 100 ;; esac'},
    'tools/setup/system.sh build',
    /^dev: this system's package lists lack: llvm-19 /,
  );
});

test('no space: how much is left, and where', () => {
  const full = {df: 'printf "Filesystem 1024-blocks Used Available\\nx 1 1 12288\\n"'};
  endsWith(
    {...full, 'apt-get': 'case "$*" in *-y*) exit 100 ;; esac'},
    'tools/setup/system.sh build',
    /^dev: only 12 MB are left where \/usr lies: make room, then call again/,
  );
  endsWith(
    full,
    `printf 'exit 28' >tools/setup/thing.sh; chmod +x tools/setup/thing.sh; . tools/setup/env.sh; . tools/setup/ready.sh; need thing`,
    /^dev: only 12 MB are left where .*\.tools lies: make room/,
  );
});

test('an installation that was cut short is finished before the next', () => {
  const here = machine();
  try {
    assert.equal(here.run('tools/setup/system.sh window').status, 0);
    const order = here.calls().filter((line) => /^dpkg --configure -a$|^apt-get install -y/.test(line));
    assert.equal(order[0], 'dpkg --configure -a');
    assert.match(order[1], /^apt-get install -y .*--no-install-recommends pkg-config libglfw3-dev/);
  } finally {
    here.remove();
  }
});

test('a step runs once, again when its script changes, and goes on where it failed', () => {
  const here = machine();
  try {
    const {stdout} = here.run(`
      . tools/setup/env.sh; . tools/setup/ready.sh
      step() { printf '#!/bin/sh\necho %s >&2; exit %s\n' "$2" "$3" >tools/setup/$1.sh; chmod +x tools/setup/$1.sh; (need first thing); }
      printf '#!/bin/sh\necho first >&2\n' >tools/setup/first.sh; chmod +x tools/setup/first.sh
      { step thing one 0; (need first thing); step thing two 1; step thing two 1; step thing three 0; (need thing); } 2>&1`);
    const stopped =
      'dev: setting up thing stopped (its own words stand above): call again, it goes on where it stopped';
    assert.deepEqual(stdout.trim().split('\n'), ['first', 'one', 'two', stopped, 'two', stopped, 'three']);
  } finally {
    here.remove();
  }
});

test('a step that has said its sentence is not commented on', () => {
  const here = machine();
  try {
    const {words} =
      here.run(`printf '. tools/setup/env.sh; die "do this"' >tools/setup/thing.sh; chmod +x tools/setup/thing.sh
      . tools/setup/env.sh; . tools/setup/ready.sh; need thing`);
    assert.deepEqual(words, ['dev: do this']);
  } finally {
    here.remove();
  }
});

test('what a killed run left behind is removed, what may be at work is not', () => {
  const here = machine();
  try {
    const [old, young] = ['imgui.aaaaaa', 'node.bbbbbb'].map((name) => path.join(here.dir, '.tools/unfinished', name));
    for (const folder of [old, young]) mkdirSync(folder, {recursive: true});
    utimesSync(old, new Date(0), new Date(0));
    const {stdout} = here.run('. tools/setup/env.sh; work_folder imgui');
    assert.match(stdout.trim(), /\.tools\/unfinished\/imgui\.\w{6}$/);
    assert.deepEqual(
      [old, young].map((folder) => existsSync(folder)),
      [false, true],
    );
  } finally {
    here.remove();
  }
});

test('a folder that cannot be written: which, and how to give another', () => {
  const need = '. tools/setup/env.sh; . tools/setup/ready.sh; need thing';
  endsWith({}, need, /^dev: \/proc\/foyer cannot be made: give FOYER_TOOLS_DIR a folder that can be written/, {
    FOYER_TOOLS_DIR: '/proc/foyer',
  });
  const here = machine();
  try {
    // a home that cannot be written: the caches are kept beside the tools
    const {stdout} = here.run('. tools/setup/env.sh; echo "$npm_config_cache $CCACHE_DIR"', {HOME: '/nonexistent'});
    assert.equal(stdout.trim(), `${here.dir}/.tools/cache/npm ${here.dir}/.tools/cache/ccache`);
  } finally {
    here.remove();
  }
});

test('another architecture: what to install instead', () => {
  endsWith(
    {dpkg: 'echo arm64', emcc: 'echo 3.1.6'},
    'tools/setup/emscripten.sh',
    /^dev: Emscripten 3\.1\.69 or newer is missing: install emsdk/,
  );
  endsWith(
    {uname: 'echo Linux aarch64', node: 'echo v18.0.0'},
    'tools/setup/node.sh',
    /^dev: Node\.js 20 or newer is needed: install it/,
  );
});

test('npm never writes through a linked node_modules', () => {
  const here = machine({npm: 'mkdir node_modules; touch node_modules/ours'});
  try {
    mkdirSync(path.join(here.dir, 'theirs'));
    assert.equal(here.run('ln -s theirs node_modules; tools/setup/npm.sh').status, 0);
    assert.deepEqual(
      ['theirs/ours', 'node_modules/ours'].map((file) => existsSync(path.join(here.dir, file))),
      [false, true],
    );
  } finally {
    here.remove();
  }
});

test('an occupied port is said before anything is built', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const {port} = /** @type {net.AddressInfo} */ (server.address());
  try {
    const {status, stderr} = spawnSync('tools/run.sh', ['--port', String(port)], {cwd: root, encoding: 'utf8'});
    assert.notEqual(status, 0);
    assert.equal(stderr, `dev: run: port ${port} is taken; choose another with --port N\n`);
  } finally {
    server.close();
  }
});

test('each Debian package stands in a set with its reason, and what once was forgotten is there', () => {
  const lists = readFileSync(path.join(root, 'tools/setup/packages.txt'), 'utf8');
  for (const [set, name] of [
    ['build', 'curl'],
    ['build', 'xz-utils'],
    ['build', 'llvm-19'],
    ['build', 'ca-certificates'],
    ['fresh', 'debootstrap'],
    ['test', 'git'],
  ]) {
    assert.match(lists, new RegExp(`^${set} +${name} +\\S`, 'm'));
  }
  for (const line of lists.split('\n').filter((text) => text && !text.startsWith('#'))) {
    assert.match(line, /^(build|window|test|check|fresh) +[a-z0-9.+-]+ +\S.*$/, 'a package without a set or a reason');
  }
});
