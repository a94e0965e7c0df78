// `foyer replay`: a report as a cloud. It answers what was recorded, signs in whoever asks, and takes no command.
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {randomUUID} from 'node:crypto';
import {added, isLoopback} from '../../tools/relay/relay.mjs';
import {startServer} from '../../tools/serve.mjs';
import {Refusal} from './refusal.mjs';
import {portOf, siteFolder} from './serve.mjs';

/**
 * @typedef {{method: string, target: string, status: number, body: string}} Answer
 * @typedef {{providers: string[], answers: Answer[]}} Cloud
 * @typedef {{status: number, body: string, type?: string, location?: string}} Reply
 */

/** A request in one form, whatever the order of its query. @param {string} method @param {string} target */
function keyOf(method, target) {
  const {pathname, searchParams} = new URL(target, 'http://recording.invalid');
  searchParams.sort();
  return `${method} ${pathname}?${searchParams}`;
}

/** @param {number} status @param {object} value @returns {Reply} */
const json = (status, value) => ({status, body: JSON.stringify(value), type: 'application/json'});

/** What is said where nothing was recorded, in the form of the vendor. @param {Cloud} cloud @param {string} method @param {string} target */
function unrecorded({providers}, method, target) {
  const message =
    method === 'GET'
      ? `This recording has no answer to ${method} ${target.replace(/\?.*/s, '')}.`
      : 'This is a recording: it shows a home and takes no commands.';
  const status = method === 'GET' ? 404 : 400;
  return json(
    status,
    providers[0] === 'netatmo' ? {error: {code: method === 'GET' ? 9 : 35, message}} : {statusCode: status, message},
  );
}

/** A cloud of the recording: its sign-in and its interface. @param {Cloud} cloud */
export function recordedCloud(cloud) {
  const answers = new Map(cloud.answers.map((one) => [keyOf(one.method, one.target), one]));
  /** What each code was asked for. @type {Map<string, string>} */
  const codes = new Map();
  let scope = '';

  /** @param {URLSearchParams} asked @returns {Reply} */
  function authorize(asked) {
    const back = asked.get('redirect_uri') ?? '';
    if (!URL.canParse(back) || !isLoopback(new URL(back).hostname))
      return json(400, {error: 'invalid_request', error_description: 'redirect_uri is not of this machine'});
    const code = randomUUID();
    codes.set(code, asked.get('scope') ?? '');
    const location = new URL(back);
    location.searchParams.set('code', code);
    location.searchParams.set('state', asked.get('state') ?? '');
    return {status: 302, body: '', location: location.href};
  }

  /** @param {URLSearchParams} form @returns {Reply} */
  function token(form) {
    const code = form.get('code') ?? '';
    if (form.get('grant_type') === 'authorization_code') {
      if (!codes.has(code)) return json(400, {error: 'invalid_grant'});
      scope = codes.get(code) ?? '';
      codes.delete(code);
    }
    return json(200, {
      access_token: randomUUID(),
      refresh_token: randomUUID(),
      token_type: 'Bearer',
      expires_in: 10800,
      scope: scope.split(' '),
    });
  }

  /** `target` begins behind the cloud's folder. @param {string} method @param {string} target @param {string} body @returns {Reply | null} null: no answer */
  return function answer(method, target, body) {
    const url = new URL(target, 'http://recording.invalid');
    if (url.pathname === '/authorize') return authorize(url.searchParams);
    if (url.pathname === '/token') return token(new URLSearchParams(body));
    if (!target.startsWith('/api/')) return {status: 404, body: ''};
    const asked = target.slice('/api'.length);
    const found = answers.get(keyOf(method, asked));
    if (!found) return unrecorded(cloud, method, asked);
    if (found.status === 0) return null;
    return {
      status: found.status,
      body: found.body,
      type: /^\s*[[{]/.test(found.body) ? 'application/json' : 'text/html; charset=utf-8',
    };
  };
}

/** config.json of the recording's clouds. @param {Cloud[]} clouds @param {string} redirect */
export const replayConfig = (clouds, redirect) => ({
  simulator: 'server',
  clouds: clouds.map(({providers}, i) => ({
    id: `recording-${i + 1}`,
    name: `Recording ${i + 1}`,
    simulated: true,
    providers,
    openid: false,
    authorize_endpoint: `./relay/${i}/authorize`,
    token_endpoint: `./relay/${i}/token`,
    api_base: `./relay/${i}/api`,
    client_id: 'foyer-replay',
    redirect_uri: redirect,
    send_scope: true,
  })),
});

/** @param {import('node:http').IncomingMessage} request @returns {Promise<string>} */
async function bodyOf(request) {
  let text = '';
  for await (const part of request) text = (text + part).slice(0, 1 << 20);
  return text;
}

/**
 * @param {{clouds: Cloud[]}} recording @param {string} port @param {URL} program foyer.mjs
 * @returns {Promise<{address: string, port: number, config: any, close: () => Promise<void>}>} `config` is for the command line
 */
export async function replay({clouds}, port, program) {
  const number = portOf(port, '--port');
  const all = clouds.map(recordedCloud);
  /** @type {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => Promise<void>} */
  const relay = async (request, response) => {
    const [, index, rest] = /^\/relay\/(\d+)(\/.*)$/s.exec(request.url ?? '') ?? [];
    const cloud = all[Number(index)];
    const reply = cloud ? cloud(request.method ?? 'GET', rest, await bodyOf(request)) : {status: 404, body: ''};
    if (reply === null) return void request.socket.destroy();
    // What a cloud answered may be a page: it runs nothing here.
    response.writeHead(reply.status, {
      ...Object.fromEntries(added),
      ...(reply.type ? {'Content-Type': reply.type} : {}),
      ...(reply.location ? {Location: reply.location} : {}),
    });
    response.end(reply.body);
  };
  const page = pageFolder(program);
  let server;
  try {
    server = await startServer({
      port: number,
      site: page,
      cloud: null,
      config: JSON.stringify(replayConfig(clouds, './'), null, 2),
      relay,
    });
  } catch (error) {
    throw new Refusal(
      'unsupported',
      `port ${port} can't be had: ${/** @type {NodeJS.ErrnoException} */ (error).code}; choose another with --port N`,
      '--port',
    );
  }
  const config = {base: `${server.url}/`, ...replayConfig(clouds, 'http://127.0.0.1:0/callback')};
  return {
    address: page === null ? server.url : `${server.url.replace('//127.0.0.1:', '//localhost:')}/`,
    port: server.port,
    config,
    close: server.close,
  };
}

/** The page beside this program, where there is one. @param {URL} program @returns {string | null} */
function pageFolder(program) {
  try {
    const folder = siteFolder(program);
    return existsSync(join(folder, 'index.html')) ? folder : null;
  } catch {
    return null;
  }
}
