// Helpers of the tests that run the headless client as scripts do: as a program, with files of its own.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after} from 'node:test';
import {fileURLToPath} from 'node:url';
import {startServer} from '../../tools/serve.mjs';
import {mistakes} from '../support/schema.mjs';

/**
 * What the client prints; which members there are depends on the command.
 * @typedef {{kind: string, code: string, message: string, field?: string, status: number, condition: string}} Refusal
 * @typedef {{id: string, kind: string, device: string, name: string, ambient: string,
 *   capabilities: Array<{aspect: string, range: number[]}>,
 *   readings: Array<{aspect: string, value: any, measured: number}>}} Module
 * @typedef {{id: string, name: string}} Ambient
 * @typedef {object} Report
 * @property {Array<{status: string, subject: string, blocked_until: string | null}>} accounts
 * @property {Array<{id: string, name: string, modules: number}>} homes
 * @property {Array<{name: string, ok: boolean, error: Refusal}>} checks
 * @property {Refusal} error
 * @property {Module[]} modules
 * @property {Ambient[]} ambients
 * @property {string} picture
 * @property {string} text
 * @property {number} status
 * @property {any} body
 *
 * @typedef {{event: string, method: string, path: string, status: number, action: string}} CallEvent
 * @typedef {{code: number | null, lines: string[], json: Report, events: CallEvent[], stderr: string}} Ended
 */

export const project = fileURLToPath(new URL('../..', import.meta.url));
/** Where the finished programs are; FOYER_BUILD moves it. */
export const buildDir = process.env.FOYER_BUILD ?? join(project, 'build');
export const clientFile = process.env.FOYER_CLIENT ?? join(buildDir, 'node/foyer.mjs');
/** Folder with sim.mjs and sim.wasm. */
export const cloudDir = process.env.FOYER_CLOUD ?? join(buildDir, 'site');

/** The home that most tests look at: Alice's, with Home + Control. */
export const lilas = 'Rue des Lilas';

/** The demo cloud of serve.mjs as config.json describes it. @param {string} base */
export const demoConfig = (base) => ({
  base: `${base}/`,
  clouds: [
    {
      id: 'demo',
      name: 'Demo home',
      simulated: true,
      providers: ['hc', 'smarther'],
      issuer: './cloud/oauth',
      authorize_endpoint: './cloud/oauth/authorize',
      token_endpoint: './cloud/oauth/token',
      jwks_uri: './cloud/oauth/jwks',
      client_id: 'foyer-demo',
      redirect_uri: 'http://127.0.0.1:0/callback',
      scopes: ['openid'],
      send_scope: false,
      api_base: './cloud/api',
      subscription_keys: ['11111111111111111111111111111111', '22222222222222222222222222222222'],
    },
  ],
});

/** The simulated Netatmo Connect. @param {string} base */
export const netatmoConfig = (base) => ({
  base: `${base}/`,
  clouds: [
    {
      id: 'netatmo',
      name: 'Netatmo demo',
      simulated: true,
      providers: ['netatmo'],
      openid: false,
      authorize_endpoint: './cloud/netatmo/oauth2/authorize',
      token_endpoint: './cloud/netatmo/oauth2/token',
      client_id: 'foyer-demo',
      redirect_uri: 'http://127.0.0.1:0/callback',
      api_base: './cloud/netatmo',
      scopes: ['magellan', 'bubendorff', 'smarther', 'thermostat', 'mhs1', 'mx'].flatMap((one) => [
        `read_${one}`,
        `write_${one}`,
      ]),
    },
  ],
});

/** A folder with a config.json; the client's files come beside it. */
export class Household {
  /** @param {any} config text is written as it stands */
  constructor(config) {
    this.folder = mkdtempSync(join(tmpdir(), 'foyer-headless-'));
    /** What the client finds in its environment besides ours. @type {Record<string, string>} */
    this.env = {};
    this.config = join(this.folder, 'config.json');
    writeFileSync(this.config, typeof config === 'string' ? config : JSON.stringify(config));
  }

  /** Runs the client to its end. @param {...string} args @returns {Promise<Ended>} */
  run(...args) {
    return this.start(...args).ended;
  }

  /** Starts it; `line(n)` waits for the n-th line on standard output, `ended` for the end. @param {...string} args */
  start(...args) {
    const child = spawn(process.execPath, [clientFile, '--config', this.config, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {...process.env, ...this.env},
    });
    let out = '';
    let events = '';
    /** @type {Array<() => void>} */
    const watchers = [];
    child.stdout.on('data', (piece) => {
      out += piece;
      watchers.forEach((watch) => watch());
    });
    child.stderr.on('data', (piece) => (events += piece));
    /** @type {Promise<Ended>} */
    const ended = new Promise((resolve) =>
      child.on('close', (code) => {
        watchers.forEach((watch) => watch());
        const lines = out.split('\n').filter(Boolean);
        resolve({
          code,
          lines,
          json: lines.length ? JSON.parse(lines[lines.length - 1]) : null,
          events: events
            .split('\n')
            .filter((text) => text.startsWith('{'))
            .map((text) => JSON.parse(text)),
          stderr: events,
        });
      }),
    );
    return {
      ended,
      child,
      /** @type {(number: number) => Promise<any>} */
      line: (number) =>
        new Promise((resolve, reject) => {
          const watch = () => {
            const lines = out.split('\n');
            if (lines.length > number + 1) resolve(JSON.parse(lines[number]));
            else if (child.exitCode !== null) reject(new Error(`ended without line ${number}: ${out}${events}`));
          };
          watchers.push(watch);
          watch();
        }),
    };
  }

  remove() {
    rmSync(this.folder, {recursive: true, force: true});
  }
}

/** Keeps cookies between requests, follows nothing by itself: an HTTP client that plays the browser. */
export class Browser {
  constructor() {
    /** @type {Map<string, string>} */
    this.cookies = new Map();
  }

  /** @param {string} url @param {RequestInit} [options] */
  async fetch(url, options = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...options,
      redirect: 'manual',
      headers: {...options.headers, ...(cookie ? {cookie} : {})},
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  /** @param {string} url @param {Record<string, string>} fields */
  post(url, fields) {
    return this.fetch(url, {method: 'POST', body: new URLSearchParams(fields)});
  }
}

/** @param {Response} response @param {string} from */
export const locationOf = (response, from) => new URL(response.headers.get('location') ?? '', from).href;

/**
 * Signs in at the simulated cloud as a person would: login page, consent page. Returns the address the provider sends the
 * browser back to. @param {string} authorize @param {string} user @param {'accept' | 'deny'} decision
 */
export async function throughSimulator(authorize, user, decision = 'accept') {
  const browser = new Browser();
  const login = await browser.fetch(authorize);
  if (login.status >= 300 && login.status < 400) return locationOf(login, authorize); // autoLogin
  const tx = /name="tx" value="([^"]+)"/.exec(await login.text())?.[1] ?? '';
  const folder = authorize.slice(0, authorize.indexOf('/authorize'));
  await browser.post(`${folder}/login`, {tx, user});
  const consent = await browser.post(`${folder}/consent`, {tx, decision});
  return locationOf(consent, folder);
}

/** The whole sign-in of a household with the simulated cloud. @param {Household} house @param {string} user */
export async function signIn(house, user = 'alice', decision = /** @type {'accept' | 'deny'} */ ('accept')) {
  const client = house.start('sign-in', '--redirect', 'http://127.0.0.1:0/callback', '--timeout', '60');
  const {authorize} = await client.line(0);
  const back = await throughSimulator(authorize, user, decision);
  const page = await fetch(back);
  return {...(await client.ended), authorize, back, page: await page.text()};
}

/**
 * What most test files begin with: a server with the simulated cloud and a household that is signed in to it; both end with
 * the file's tests. @param {(base: string) => any} configOf
 */
export async function signedIn(configOf = demoConfig) {
  const server = await startServer({port: 0, cloud: cloudDir});
  const house = new Household(configOf(server.url));
  after(async () => {
    house.remove();
    await server.close();
  });
  const {code, stderr} = await signIn(house);
  assert.equal(code, 0, stderr);
  return {server, house};
}

/** Sets switches of the simulated cloud. @param {string} url @param {object} switches */
export async function control(url, switches) {
  const response = await fetch(`${url}/cloud/_control`, {method: 'POST', body: JSON.stringify(switches)});
  if (!response.ok) throw new Error(`_control: ${response.status}`);
  return response.json();
}

/** What a printed value breaks of a schema in docs/. @param {string} file @param {any} value */
export function schemaMistakes(file, value) {
  const load = (/** @type {string} */ name) => JSON.parse(readFileSync(join(project, 'docs', name), 'utf8'));
  return mistakes(load(file), value, load);
}
