// The command line itself: help, completion and refusals come from one table, and every command stands in it – those that
// bring files of their own, too. What one run has read it does not read again.
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {after, before, describe, test} from 'node:test';
import {startServer} from '../../tools/serve.mjs';
import {Household, clientFile, cloudDir, demoConfig, netatmoConfig, signIn} from './support.mjs';

/** @param {string} program @param {...string} args @returns {Promise<{code: unknown, stdout: string, stderr: string}>} */
const run = (program, ...args) =>
  new Promise((resolve) =>
    execFile(program, args, (error, stdout, stderr) => resolve({code: error ? error.code : 0, stdout, stderr})),
  );
const foyer = (/** @type {string[]} */ ...args) => run(process.execPath, clientFile, ...args);

/** Options that a help names at the begin of a line. @param {string} text */
const named = (text) =>
  [...text.matchAll(/^ {2}--([\w-]+)(?:.*?, --([\w-]+)| or --([\w-]+))?/gm)]
    .flatMap(([, ...names]) => names)
    .filter(Boolean);

describe('completion', () => {
  for (const name of ['serve', 'init']) {
    test(`offers ${name} in every shell, with the options that it names in its own help`, async () => {
      const {code, stdout: help} = await foyer(name, '--help');
      assert.equal(code, 0);
      const options = named(help.replace(/--no-open:/, '\n  --no-open:'));
      assert.ok(options.length > 8, help);
      for (const shell of ['bash', 'zsh', 'fish']) {
        const {stdout} = await foyer('completion', shell);
        const lines = stdout.split('\n');
        const offered =
          shell === 'fish'
            ? lines.filter((one) => one.includes(`__fish_seen_subcommand_from ${name}'`)).join('\n')
            : (lines.find((one) => one.trimStart().startsWith(`${name}) `)) ?? '');
        for (const option of options) {
          assert.match(
            offered,
            new RegExp(shell === 'fish' ? ` -l ${option}( |$)` : `--${option}\\b`, 'm'),
            `${shell}: ${name} --${option}`,
          );
        }
        const all = lines.filter((one) => /''\)|__fish_use_subcommand|^ {4}'\w[\w-]*:/.test(one)).join('\n');
        assert.match(all, new RegExp(`\\b${name}\\b`), `${shell} offers ${name} itself`);
        assert.match(
          lines.filter((one) => /^ {4}help\)|seen_subcommand_from help'/.test(one)).join('\n'),
          new RegExp(`\\b${name}\\b`),
          `${shell}: help ${name}`,
        );
      }
    });
  }

  test('offers an option where it means something', async () => {
    const {stdout} = await foyer('completion', 'bash');
    const of = (/** @type {string} */ name) =>
      stdout.split('\n').find((one) => one.trimStart().startsWith(`${name}) `)) ?? '';
    assert.match(of('homes'), /--config/);
    assert.match(of('hook'), /--config/);
    for (const name of ['operations', 'completion', 'help']) {
      assert.doesNotMatch(of(name), /--(config|base|account)/);
      assert.doesNotMatch((await foyer('help', name)).stdout, /--(config|base|account)/);
    }
  });
});

describe('help', () => {
  test('shows in the first lines every option that is a command’s own', async () => {
    const {stdout} = await foyer('help');
    for (const [, name] of stdout.matchAll(/^ {2}foyer (?:--config FILE )?([a-z-]+)/gm)) {
      if (['serve', 'init'].includes(name)) continue;
      const {stdout: one} = await foyer('help', name);
      const [usage] = one.split('\n\n');
      const shared = ['base', 'account', 'language', 'json', 'table', 'help'];
      for (const option of named(one)) {
        if (!shared.includes(option)) assert.match(usage, new RegExp(`--${option}\\b`), `${name} --${option}`);
      }
    }
  });

  test('names what is read of the environment', async () => {
    const {stdout} = await foyer('help');
    for (const name of ['FOYER_CONFIG', 'FOYER_PASSPHRASE', 'FOYER_CLIENT_SECRET', 'BROWSER'])
      assert.ok(stdout.includes(name), name);
  });
});

describe('a refusal', () => {
  test('knows serve and init as it knows the others', async () => {
    const bare = JSON.parse((await foyer()).stdout).error.message;
    assert.match(bare, /\bserve\b.*\binit\b/);
    for (const args of [['serv'], ['help', 'serv']]) {
      const {code, stdout} = await foyer(...args);
      assert.equal(code, 2);
      assert.match(JSON.parse(stdout).error.message, /"serv" is not a command; did you mean "serve"\?/);
    }
  });

  test('of an option is one sentence, and words for eyes where those are wanted', async () => {
    const script = await foyer('homes', '--colour');
    assert.equal(script.code, 2);
    assert.equal(script.stderr, '');
    assert.match(JSON.parse(script.stdout).error.message, /there is no option --colour; see --help/);
    const person = await foyer('homes', '--table', '--colour');
    assert.equal(person.code, 2);
    assert.equal(person.stdout, '');
    assert.match(person.stderr, /there is no option --colour/);
    assert.doesNotMatch(person.stderr, /^\{/m);
    assert.ok(person.stderr.trim().split('\n').length <= 3, person.stderr);
  });
});

/** Requests to the clouds' APIs, each by path. @param {import('./support.mjs').Ended} ended */
const calls = (ended) =>
  ended.events.filter((event) => event.event === 'call').map(({method, path}) => `${method} ${path}`);

describe('what a run has read it does not read again', () => {
  /** @type {Awaited<ReturnType<typeof startServer>>} */
  let server;
  before(async () => {
    server = await startServer({port: 0, cloud: cloudDir});
  });
  after(() => server.close());

  /** A household of which nothing is kept but the sign-in. @param {(base: string) => any} configOf @param {string[]} args */
  async function afresh(configOf, ...args) {
    const house = new Household(configOf(server.url));
    assert.equal((await signIn(house)).code, 0);
    const ended = await house.run(...args);
    assert.equal(ended.code, 0, JSON.stringify(ended.json));
    house.remove();
    return ended;
  }
  for (const [config, home] of /** @type {[(base: string) => any, string][]} */ ([
    [demoConfig, 'Chalet'],
    [netatmoConfig, 'Belle-Île'],
  ])) {
    test(`${home}: with nothing kept, --fresh costs what it costs without`, async () => {
      const plain = calls(await afresh(config, 'topology', home));
      const fresh = calls(await afresh(config, 'topology', home, '--fresh'));
      assert.ok(plain.length > 1, plain.join());
      assert.deepEqual(fresh.sort(), plain.sort());
    });
    test(`${home}: the values that came with the home are those of this moment`, async () => {
      const topology = calls(await afresh(config, 'topology', home));
      const ended = await afresh(config, 'state', home);
      assert.deepEqual(calls(ended).sort(), topology.sort());
      assert.ok(ended.json.modules.some((one) => one.readings.length > 0));
    });
  }
  test('a home that is kept is asked, once', async () => {
    const house = new Household(netatmoConfig(server.url));
    await signIn(house);
    await house.run('homes');
    assert.equal(calls(await house.run('state', 'Belle-Île')).length, 1);
    assert.ok(calls(await house.run('topology', 'Belle-Île', '--fresh')).length > 0);
    house.remove();
  });
});
