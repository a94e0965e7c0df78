// Debian's glewlwyd (an OpenID provider in C) as a partner. How it differs from oidc-provider: `token_type` in lower case,
// no id_token at refresh, refused refreshes are 400 with an empty body, one key at a time – and its login page has no way
// to decline, so that the only refusal it sends back to a client is the one of `prompt=none`.
import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {generateKeyPairSync} from 'node:crypto';
import {existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {request as ask} from 'node:http';
import {tmpdir} from 'node:os';
import {extname, join} from 'node:path';
import {freePort} from '../../relay/hosts.mjs';
import {Browser, locationOf} from '../support.mjs';
import {Front} from './front.mjs';

// Installed on the machine, or unpacked beside the project by tools/setup/partners.sh.
const partners = process.env.FOYER_PARTNERS ?? '';
const place = existsSync(`${partners}/usr/share/glewlwyd`) ? partners : '';
const tables = `${place}/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3`;

export const secret = 'relay s3cret+/=&';

// Its own pages: Debian leaves them to the web server, and links their configuration to a folder that holds the file.
const webapp = `${place}/usr/share/glewlwyd/webapp`;
/** @type {Record<string, string>} */
const types = {'.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json'};
/** Whether it was one of them. @param {string} path @param {import('node:http').ServerResponse} response */
function webFile(path, response) {
  const file = path === '/config.json' ? `${place}/etc/glewlwyd/config-2.7.json/config.json` : webapp + path;
  if (!statSync(file, {throwIfNoEntry: false})?.isFile()) return false;
  response.writeHead(200, {'Content-Type': types[extname(file)] ?? 'application/octet-stream'}).end(readFileSync(file));
  return true;
}

const settings = (/** @type {number} */ port, /** @type {string} */ outside, /** @type {string} */ folder) => `
port=${port}
bind_address="127.0.0.1"
external_url="${outside}"
login_url="login.html"
api_prefix="api"
log_mode="file"
log_level="WARNING"
log_file="${folder}/log"
cookie_secure=0
session_expiration=2419200
session_key="SESSION"
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="${place}/usr/lib/glewlwyd/user"
client_module_path="${place}/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="${place}/usr/lib/glewlwyd/scheme"
plugin_module_path="${place}/usr/lib/glewlwyd/plugin"
use_secure_connection=false
secure_connection_key_file="none"
secure_connection_pem_file="none"
hash_algorithm="SHA512"
database = { type = "sqlite3"; path = "${folder}/db"; };
`;

const pluginWith = (/** @type {string} */ issuer) => {
  const {privateKey, publicKey} = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: {type: 'pkcs8', format: 'pem'},
    publicKeyEncoding: {type: 'spki', format: 'pem'},
  });
  return {
    module: 'oidc',
    name: 'oidc',
    display_name: 'OpenID Connect',
    enabled: true,
    parameters: {
      iss: issuer,
      'oauth-as-iss-id': true,
      'jwt-type': 'rsa',
      'jwt-key-size': '256',
      key: privateKey,
      cert: publicKey,
      'jwks-show': true,
      'code-duration': 600,
      'access-token-duration': 3600,
      'refresh-token-duration': 90 * 86400,
      'refresh-token-rolling': true,
      'refresh-token-one-use': 'always',
      'allow-non-oidc': true,
      'auth-type-code-enabled': true,
      'auth-type-code-revoke-replayed': true,
      'auth-type-refresh-enabled': true,
      'auth-type-token-enabled': false,
      'auth-type-id-token-enabled': true,
      'auth-type-none-enabled': false,
      'auth-type-password-enabled': false,
      'auth-type-client-enabled': false,
      'auth-type-device-enabled': false,
      'auth-type-implicit-enabled': false,
      'pkce-allowed': true,
      'pkce-required': true,
      'pkce-method-plain-allowed': false,
      'subject-type': 'public',
      'request-parameter-allow': false,
      'introspection-revocation-allowed': false,
    },
  };
};

/** Somebody who talks to its administration. @param {string} api */
function visitor(api) {
  const browser = new Browser();
  return async (/** @type {string} */ method, /** @type {string} */ path, /** @type {object} */ body) => {
    const response = await browser.fetch(`${api}${path}`, {
      method,
      headers: {'content-type': 'application/json'},
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 200, `${method} ${path}: ${response.status} ${await response.text()}`);
    return browser;
  };
}

/** @returns {Promise<import('./front.mjs').Partner & {register: (redirect: string) => Promise<void>}>} */
export async function glewlwyd() {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-glewlwyd-'));
  const front = new Front('/api/oidc/token');
  const outside = await front.listen();
  const port = await freePort();
  execFileSync('sqlite3', [join(folder, 'db')], {input: readFileSync(tables)});
  writeFileSync(join(folder, 'conf'), settings(port, outside, folder));
  const program = spawn('glewlwyd', [`--config-file=${join(folder, 'conf')}`], {stdio: 'inherit'});
  const gone = new Promise((resolve) => program.on('exit', resolve));
  // One request at a time: with SQLite it answers server_error to some of those that come together.
  let tail = Promise.resolve();
  front.provider = (request, response, body) => {
    const {method, url: path, headers} = request;
    if (method === 'GET' && webFile(path?.split('?')[0] ?? '', response)) return;
    tail = tail.then(
      () =>
        new Promise((done) => {
          const passed = ask({host: '127.0.0.1', port, method, path, headers, agent: false}, (answer) => {
            response.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.on('data', (part) => response.write(part)).on('end', () => done(void response.end()));
          }).on('error', () => done(void response.writeHead(502).end()));
          if (body) passed.end(body);
          else request.pipe(passed);
        }),
    );
  };

  const api = `${outside}/api`;
  const issuer = `${api}/oidc`;
  const end = Date.now() + 20_000;
  while ((await fetch(`${api}/`)).status === 502) {
    assert.ok(program.exitCode === null && Date.now() < end, 'glewlwyd does not start');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  const admin = visitor(api);
  await admin('POST', '/auth/', {username: 'admin', password: 'password'});
  await admin('POST', '/mod/plugin/', pluginWith(issuer));
  await admin('POST', '/user/', {
    username: 'jane',
    name: 'Jane',
    password: 'password',
    scope: ['openid', 'g_profile'],
    enabled: true,
  });
  const client = {
    client_id: 'foyer',
    name: 'Foyer',
    confidential: false,
    authorization_type: ['code', 'refresh_token'],
    scope: ['openid'],
    enabled: true,
  };
  /** @type {string[]} */
  const redirects = ['http://127.0.0.1/callback'];
  const confidential = {
    ...client,
    client_id: 'foyer-relay',
    confidential: true,
    password: secret,
    client_secret: secret,
    token_endpoint_auth_method: ['client_secret_post'],
  };
  for (const one of [client, confidential]) await admin('POST', '/client/', {...one, redirect_uri: redirects});

  return {
    name: 'glewlwyd',
    issuer,
    front,
    denial: 'B5.error',
    config: (redirect, changes = {}) => ({
      clouds: [
        {
          id: 'partner',
          name: 'Glewlwyd',
          providers: ['smarther'],
          issuer,
          authorize_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          client_id: 'foyer',
          redirect_uri: redirect,
          scopes: ['openid'],
          require_iss_parameter: true,
          api_base: `${outside}/gateway`,
          ...changes,
        },
      ],
    }),
    async register(redirect) {
      // it compares the whole address, the port too
      redirects.push(redirect);
      for (const one of [client, confidential])
        await admin('PUT', `/client/${one.client_id}`, {...one, redirect_uri: redirects});
    },
    async through(authorize, decision = 'accept') {
      const jane = visitor(api);
      const browser = await jane('POST', '/auth/', {username: 'jane', password: 'password'});
      await jane('PUT', '/auth/grant/foyer', {scope: 'openid'});
      return locationOf(
        await browser.fetch(`${authorize}${decision === 'accept' ? '&g_continue' : '&prompt=none'}`),
        authorize,
      );
    },
    async rollKeys() {
      await admin('PUT', '/mod/plugin/oidc', pluginWith(issuer));
      await admin('PUT', '/mod/plugin/oidc/reset', {});
    },
    async close() {
      program.kill();
      await gone;
      await front.close();
      rmSync(folder, {recursive: true, force: true});
    },
  };
}
