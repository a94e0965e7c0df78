// `foyer init`: from the values of a registration to the two files, by flags and by questions; what is wrong is said in one
// sentence and nothing is written. The vendor's servers are played by a server of this file.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, beforeEach, test} from 'node:test';
import {pageConfig, readRelay} from '../../tools/relay/relay.mjs';
import {clientFile} from './support.mjs';

const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const secret = 'up+.3tog736W52,f~73P3Dt2r';
const keys = ['0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210'];
/** What the vendor's server was asked. @type {string[]} */
let asked = [];
/** @type {http.Server} */
let vendor;
let login = '';
let folder = '';
const root = mkdtempSync(join(tmpdir(), 'foyer-init-test-'));

before(async () => {
  vendor = http.createServer((request, response) => {
    let body = '';
    request
      .on('data', (part) => (body += part))
      .on('end', () => {
        asked.push(`${request.method} ${request.url}`);
        const answer = (/** @type {number} */ status, /** @type {any} */ json) =>
          response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(json));
        if (request.url === `/${id}/.well-known/openid-configuration`)
          return answer(200, {
            issuer: 'https://login.example/tenant/v2.0/',
            jwks_uri: `https://login.example/${id}/keys`,
          });
        if (request.url === '/token' || request.url === '/oauth2/token') {
          const form = new URLSearchParams(body);
          return answer(400, {error: form.get('client_secret') === secret ? 'invalid_grant' : 'invalid_client'});
        }
        if (request.url === '/smarther/v2.0/plants') {
          const known = keys.includes(String(request.headers['ocp-apim-subscription-key']));
          return answer(401, {message: known ? 'Unauthorized' : 'Access denied due to invalid subscription key.'});
        }
        answer(404, {});
      });
  });
  await new Promise((resolve) => vendor.listen(0, '127.0.0.1', () => resolve(undefined)));
  login = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (vendor.address()).port}`;
});
after(() => {
  vendor.close();
  rmSync(root, {recursive: true, force: true});
});
beforeEach(() => {
  asked = [];
  folder = mkdtempSync(join(root, 'a home '));
});

/** @param {string[]} args @param {string} [input] @returns {Promise<{code: number | null, stdout: string, stderr: string}>} */
const init = (args, input = '') =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [clientFile, 'init', ...args], {cwd: folder});
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (part) => (stdout += part));
    child.stderr.on('data', (part) => (stderr += part));
    child.on('close', (code) => resolve({code, stdout, stderr}));
    child.stdin.on('error', () => {}).end(input);
  });
/** @param {string} name @param {string} text */
const file = (name, text) => {
  const path = join(folder, name);
  writeFileSync(path, text, {mode: 0o600});
  return path;
};
const legrand = () => [
  'legrand',
  '--client-id',
  id,
  '--client-secret-file',
  file('secret', `${secret}\n`),
  '--keys-file',
  file('keys', keys.join('\n')),
  '--login',
  login,
  '--api',
  login,
];
/** At the vendor's own servers, whose ids and keys have a shape; nothing is asked of them. */
const offline = () => [
  ...legrand().slice(0, -4),
  '--offline',
  '--issuer',
  'https://login.example/',
  '--jwks',
  'https://login.example/keys',
];
const netatmo = (/** @type {string[]} */ ...more) => [
  'netatmo',
  '--client-id',
  '5f0123456789abcdef012345',
  '--client-secret-file',
  '-',
  '--offline',
  ...more,
];
const read = (/** @type {string} */ name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

test('legrand by flags: two files of one owner, the issuer from the discovery document, and the next command', async () => {
  const {code, stdout, stderr} = await init(legrand());
  assert.equal(code, 0, stderr);
  for (const name of ['config.json', 'relay.json'])
    assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
  const [relay] = readRelay(JSON.stringify(read('relay.json')));
  assert.equal(relay.issuer, 'https://login.example/tenant/v2.0/');
  assert.equal(relay.jwks_uri, `https://login.example/${id}/keys`);
  assert.deepEqual(
    [relay.client_secret, relay.subscription_keys, relay.redirect_uri],
    [secret, keys, 'http://localhost:8080/'],
  );
  assert.doesNotMatch(JSON.stringify(pageConfig([relay])), new RegExp(secret.slice(0, 6).replace('+', '\\+')));
  const [cloud] = read('config.json').clouds;
  assert.deepEqual(
    [cloud.client_secret, cloud.subscription_keys, cloud.token_endpoint, cloud.api_base],
    [secret, keys, `${login}/token`, login],
  );
  assert.match(stdout, /^foyer serve --relay relay\.json/);
  assert.match(stdout, /foyer --config config\.json sign-in/);
  assert.deepEqual(asked, [
    `GET /${id}/.well-known/openid-configuration`,
    'POST /token',
    'GET /smarther/v2.0/plants',
    'GET /smarther/v2.0/plants',
  ]);
  for (const word of [secret, ...keys]) assert.ok(!`${stdout}${stderr}`.includes(word), 'a secret was printed');
});

test('the core reads the written config.json: nobody is signed in, nothing is wrong with it', async () => {
  await init(legrand());
  const {status, stdout} = spawnSync(
    process.execPath,
    [clientFile, '--config', join(folder, 'config.json'), 'session'],
    {encoding: 'utf8'},
  );
  assert.equal(status, 9, stdout);
});

test('netatmo: the secret from standard input, scopes for everything that needs no review', async () => {
  const {code, stderr} = await init(netatmo(), `${secret}\n`);
  assert.equal(code, 0, stderr);
  const {scopes, providers, client_secret} = read('relay.json');
  assert.deepEqual([providers, client_secret], [['netatmo'], secret]);
  assert.ok(
    scopes.includes('read_magellan') &&
      scopes.includes('write_mx') &&
      !scopes.some((/** @type {string} */ one) => one.startsWith('access_')),
  );
  assert.equal(read('config.json').clouds[0].openid, false);
  assert.deepEqual(asked, []);
});

test('secret and keys share standard input: the secret comes first', async () => {
  const args = legrand().map((one, i, all) =>
    ['--client-secret-file', '--keys-file'].includes(all[i - 1]) ? '-' : one,
  );
  const {code, stderr} = await init(args, `${secret}\n${keys.join('\n')}\n`);
  assert.equal(code, 0, stderr);
  assert.deepEqual(read('relay.json').subscription_keys, keys);
});

test('--add puts a second cloud beside the first in both files and keeps what else they say', async () => {
  await init(netatmo(), secret);
  const config = read('config.json');
  file(
    'config.json',
    JSON.stringify({...config, base: 'https://home.example/', clouds: [...config.clouds, {id: 'elsewhere'}]}),
  );
  const again = await init([...netatmo('--add')], secret);
  assert.equal(again.code, 2);
  assert.match(again.stderr, /id: expected another than "netatmo"/);
  rmSync(join(folder, 'config.json'));
  file('config.json', JSON.stringify({...config, base: 'https://home.example/'}));
  const {code, stderr} = await init([...legrand(), '--add']);
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    read('relay.json').clouds.map((/** @type {any} */ one) => one.id),
    ['netatmo', 'legrand'],
  );
  assert.deepEqual(
    read('config.json').clouds.map((/** @type {any} */ one) => one.id),
    ['netatmo', 'legrand'],
  );
  assert.equal(read('config.json').base, 'https://home.example/');
});

/** What is refused, with which exit code and words; nothing may be written. @type {[string, () => string[], number, RegExp][]} */
const refused = [
  ['another vendor', () => ['hue'], 2, /expected legrand or netatmo, not "hue"/],
  ['no vendor', () => [], 2, /expected legrand or netatmo/],
  [
    'no terminal and no values',
    () => ['netatmo'],
    2,
    /without a terminal these are needed as options: --client-id, --client-secret-file/,
  ],
  [
    'an ID with a letter too few',
    () => [...offline(), '--client-id', id.slice(1)],
    2,
    /--client-id: expected an ID like/,
  ],
  [
    'a Netatmo ID that is none',
    () => ['netatmo', '--client-id', 'my-app', '--client-secret-file', file('s', secret)],
    2,
    /--client-id: expected 24 digits/,
  ],
  [
    'a secret of two words',
    () => ['netatmo', '--client-id', '5f0123456789abcdef012345', '--client-secret-file', file('s', 'two words of it')],
    2,
    /--client-secret-file: expected at least 8 characters without a space/,
  ],
  [
    'a key that was cut',
    () => [...offline(), '--keys-file', file('k', keys[0].slice(1))],
    2,
    /--keys-file: expected one or two keys of 32/,
  ],
  [
    'three keys',
    () => [...legrand(), '--keys-file', file('k', [...keys, 'a'.repeat(32)].join('\n'))],
    2,
    /--keys-file: expected one or two keys/,
  ],
  [
    'one key twice',
    () => [...legrand(), '--keys-file', file('k', `${keys[0]} ${keys[0]}`)],
    2,
    /--keys-file: one of them is given twice/,
  ],
  [
    'plain http on the internet',
    () => [...legrand(), '--redirect', 'http://home.example/'],
    2,
    /redirect_uri: expected an https address/,
  ],
  ['a redirect address that is none', () => [...legrand(), '--redirect', 'home'], 2, /--redirect: expected an address/],
  [
    'a secret file that is not there',
    () => [...legrand(), '--client-secret-file', '/nonexistent/secret'],
    2,
    /--client-secret-file: .* can't be read: ENOENT/,
  ],
  ['a secret on the command line', () => [...legrand(), '--client-secret', secret], 2, /--client-secret/],
  ['--add with --force', () => [...legrand(), '--add', '--force'], 2, /contradict/],
  [
    'a secret the vendor refuses',
    () => [...legrand(), '--client-secret-file', file('s', 'another-secret')],
    8,
    /does not accept this id with this secret \(invalid_client\).*Nothing was written/s,
  ],
  [
    'a key the vendor refuses',
    () => [...legrand(), '--keys-file', file('k', `${keys[0]} ${'a'.repeat(32)}`)],
    8,
    /does not accept the secondary key/,
  ],
  [
    'an application nobody knows',
    () => [...legrand(), '--client-id', id.replace('3', '4')],
    5,
    /publishes nothing about this application ID.*--issuer and --jwks/s,
  ],
];
for (const [name, args, code, words] of refused) {
  test(`refused: ${name}`, async () => {
    const given = args();
    const answer = await init(given);
    assert.equal(answer.code, code, answer.stderr);
    assert.match(answer.stderr, words);
    assert.ok(!existsSync(join(folder, 'config.json')) && !existsSync(join(folder, 'relay.json')));
    assert.ok(
      ![secret, ...keys].some((one) => answer.stderr.includes(one) && !given.includes(one)),
      'a secret was printed',
    );
  });
}

test('files that are there are not touched without --force', async () => {
  file('relay.json', 'mine');
  const {code, stderr} = await init(netatmo(), secret);
  assert.equal(code, 2);
  assert.match(stderr, /relay\.json is there already: --add .* --force/);
  assert.equal(readFileSync(join(folder, 'relay.json'), 'utf8'), 'mine');
  chmodSync(join(folder, 'relay.json'), 0o644);
  assert.equal((await init(netatmo('--force'), secret)).code, 0);
  assert.equal(statSync(join(folder, 'relay.json')).mode & 0o777, 0o600);
});

test('the folder of a page gets no secrets, a folder that cannot be made is said', async () => {
  mkdirSync(join(folder, 'site'));
  writeFileSync(join(folder, 'site/index.html'), '');
  const page = await init(netatmo('--folder', 'site'), secret);
  assert.match(page.stderr, /folder of a page/);
  assert.deepEqual(readdirSync(join(folder, 'site')), ['index.html']);
  writeFileSync(join(folder, 'file'), '');
  const {code, stderr} = await init(netatmo('--folder', 'file/x'), secret);
  assert.equal(code, 12);
  assert.match(stderr, /--folder: .* can't be written: ENOTDIR/);
});

test('a server that is away is no reason to refuse, but is said', async () => {
  const {code, stderr} = await init([
    ...legrand(),
    '--issuer',
    'https://login.example/',
    '--jwks',
    'https://login.example/keys',
    '--login',
    'http://127.0.0.1:9',
    '--api',
    'http://127.0.0.1:9',
  ]);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /\? 127\.0\.0\.1:9 gave no answer, so id and secret are not checked/);
});

test('on a terminal it asks, says where things are, asks again after a slip, and shows no secret', async () => {
  const child = spawn(
    'script',
    ['-qec', `${process.execPath} ${clientFile} init --folder out --offline`, '/dev/null'],
    {cwd: folder, timeout: 60_000},
  );
  let seen = '';
  const answers = /** @type {[RegExp, string][]} */ ([
    [/legrand .* or netatmo .*\? > $/, 'netatmo\r'],
    [/dev\.netatmo\.com: My apps[^]*> $/, 'oops\r'],
    [/expected 24 digits[^]*> $/, '5f0123456789abcdef012345\r'],
    [/Client secret\s[^]*\(not shown\) > $/, `${secret}\r`],
    [/Redirect address[^]*\[http:\/\/localhost:8080\/\] > $/, '\r'],
    [/Scopes[^]*> $/, '\r'],
  ]);
  let at = 0;
  child.stdout.on('data', (part) => {
    seen += part;
    const text = seen.slice(at).replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '');
    if (answers.length && answers[0][0].test(text)) {
      at = seen.length;
      child.stdin.write(/** @type {[RegExp, string]} */ (answers.shift())[1]);
    }
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.deepEqual([code, answers.length], [0, 0], seen);
  assert.equal(read('out/relay.json').client_secret, secret);
  assert.ok(!seen.includes(secret.slice(0, 8)), seen);
  assert.match(seen, /foyer serve --relay out\/relay\.json/);
});

test('Ctrl-C writes nothing', async () => {
  const child = spawn('script', ['-qec', `${process.execPath} ${clientFile} init netatmo --folder out`, '/dev/null'], {
    cwd: folder,
    timeout: 60_000,
  });
  let seen = '';
  child.stdout.on('data', (part) => {
    if (!seen.includes('> ') && `${seen}${part}`.includes('> ')) child.stdin.write('\x03');
    seen += part;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(code, 14, seen);
  assert.match(seen, /nothing was written/);
  assert.ok(!existsSync(join(folder, 'out')));
});
