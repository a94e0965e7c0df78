#!/usr/bin/env node
// @ts-check
/**
 * Development server: the site's static files and, below /cloud/, the simulated cloud from the same sim.wasm that the
 * page's service worker uses. Delays are waited for, dropped connections are cut.
 *
 *   node tools/serve.mjs [--port N] [--host ADDRESS] [--site DIR] [--base /sub/path] [--cloud DIR] [--no-cloud]
 *                        [--state FILE]
 *
 *   --port N       8080; 0 takes a free one           --base PATH   serve below a folder, as a project page would
 *   --host ADDR    127.0.0.1                          --cloud DIR   folder with sim.wasm and sim.mjs, default: the site
 *   --site DIR     build/site; --no-site for the cloud alone        --no-cloud   files only: the service worker simulates
 *   --state FILE   keeps the cloud's state over restarts
 *
 * As a module: `const server = await startServer({port: 0, site, cloud}); server.url; await server.close()`. The command
 * `foyer serve` (web/headless/serve.mjs) is this server with a configuration and a relay of its own.
 * config.json is answered with `"simulator": "server"` while the cloud is served here, so that the page's service worker
 * leaves /cloud/ alone.
 */
import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import {readFile, rename, stat, writeFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import {extname, join, normalize, resolve, sep} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';

const project = fileURLToPath(new URL('..', import.meta.url));
const largestBody = 4 << 20; // bytes a request may bring

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Headers of reference 3.3 P8. The policy is the page's own (its meta element), plus what a meta element cannot say (P2).
 * @param {string | null} site @returns {Record<string, string>}
 */
function siteHeaders(site) {
  const index = site && existsSync(join(site, 'index.html')) ? readFileSync(join(site, 'index.html'), 'utf8') : '';
  const meta = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/i
    .exec(index)?.[1]
    ?.replace(/\s+/g, ' ')
    .trim();
  return {
    ...(meta ? {'Content-Security-Policy': `${meta.replace(/;$/, '')}; frame-ancestors 'none'`} : {}),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    'Cache-Control': 'no-cache',
  };
}

/**
 * @param {string} folder @param {string | undefined} stateFile
 * @returns {Promise<{handle: (request: any) => Promise<any>, save: () => string}>}
 */
async function loadCloud(folder, stateFile) {
  const {createCloud} = await import(pathToFileURL(join(folder, 'sim.mjs')).href);
  const module = await WebAssembly.compile(await readFile(join(folder, 'sim.wasm')));
  const savedState = stateFile && existsSync(stateFile) ? await readFile(stateFile, 'utf8') : null;
  return createCloud({module, savedState});
}

/** @param {import('node:http').IncomingMessage} request @returns {Promise<string | null>} null: too large */
async function readBody(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > largestBody) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/**
 * Whether a page of another site started the request: such a one gets the pages of a sign-in, by a plain link, and nothing
 * else. Programs say nothing about it.
 * @param {import('node:http').IncomingMessage} request @param {string} target
 */
function isForeign(request, target) {
  const {origin, host, 'sec-fetch-site': site = 'none', 'sec-fetch-mode': mode} = request.headers;
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) return true;
  if (site === 'same-origin' || site === 'none') return false;
  return !(
    mode === 'navigate' &&
    request.method === 'GET' &&
    /^\/cloud\/(oauth|netatmo\/oauth2)\/authorize\?/.test(target)
  );
}

const pause = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

/**
 * @param {object} [options]
 * @param {number} [options.port]
 * @param {string} [options.host]
 * @param {string | null} [options.site] folder of static files; null: none
 * @param {string | null} [options.cloud] folder with sim.wasm and sim.mjs; null: no simulated cloud
 * @param {string} [options.base] folder part of every address: "" or "/sub/path"
 * @param {string} [options.state] file that keeps the cloud's state
 * @param {string} [options.config] text of config.json instead of the site's
 * @param {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => unknown} [options.relay]
 *   answers everything below /relay/
 * @param {{cert: Buffer, key: Buffer}} [options.tls] https instead of http
 * @param {string} [options.origin] what people call this server when a proxy stands in front of it: "https://home.example"
 * @returns {Promise<{url: string, port: number, close: () => Promise<void>}>} `url` has no trailing slash
 */
export async function startServer({
  port = 8080,
  host = '127.0.0.1',
  site = null,
  cloud,
  base = '',
  state,
  config,
  relay,
  tls,
  origin,
} = {}) {
  const root = site === null ? null : resolve(site);
  const folder = base.replace(/\/+$/, '');
  if (cloud === undefined) {
    const places = [root, join(project, 'build/site'), join(project, 'build/web/site')];
    cloud = places.find((place) => place && existsSync(join(place, 'sim.wasm'))) ?? null;
    if (!cloud) throw new Error('sim.wasm not found: build the page first, or name its folder with --cloud');
  }
  const simulated = cloud === null ? null : await loadCloud(resolve(cloud), state);
  /** @type {Promise<void>} */
  let saving = Promise.resolve();
  let saveAsked = false;

  function saveSoon() {
    if (!simulated || !state || saveAsked) return;
    saveAsked = true;
    saving = saving
      .then(() => pause(50))
      .then(async () => {
        saveAsked = false;
        await writeFile(`${state}.new`, simulated.save(), {mode: 0o600});
        await rename(`${state}.new`, /** @type {string} */ (state));
      });
  }

  const scheme = tls ? 'https' : 'http';
  /** @param {import('node:http').IncomingMessage} request where it was sent to, as its browser sees it @returns {string} */
  function originOf({headers}) {
    if (origin && headers.host === new URL(origin).host) return origin;
    return `${scheme}://${headers.host ?? `${host}:${port}`}`;
  }

  /**
   * @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response
   * @param {string} target
   */
  async function answerCloud(request, response, target) {
    const body = await readBody(request);
    if (body === null) return void response.writeHead(413).end();
    const answer = await /** @type {NonNullable<typeof simulated>} */ (simulated).handle({
      method: request.method ?? 'GET',
      target,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body,
      base: `${originOf(request)}${folder}`,
    });
    saveSoon();
    if (answer.delay > 0) await pause(answer.delay);
    if (answer.drop) return void request.socket.destroy();
    /** @type {[string, string][]} */
    const headers = answer.headers;
    for (const [name, value] of headers) response.setHeader(name, value);
    response.statusCode = answer.status;
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  }

  /**
   * @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response
   * @param {string} path
   */
  async function answerFile(request, response, path) {
    const headers = siteHeaders(root);
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405, headers).end();
    let file = join(/** @type {string} */ (root), normalize(path));
    if (file !== root && !file.startsWith(root + sep)) return void response.writeHead(404, headers).end();
    const given = path === '/config.json' ? config : undefined;
    let found = await stat(file).catch(() => null);
    if (found?.isDirectory()) {
      file = join(file, 'index.html');
      found = await stat(file).catch(() => null);
    }
    if (!found?.isFile() && given === undefined) {
      return void response.writeHead(404, {...headers, 'Content-Type': types['.txt']}).end('Not found\n');
    }
    /** @type {Buffer} */
    let bytes = given === undefined ? await readFile(file) : Buffer.from(given);
    if (simulated && given === undefined && path === '/config.json') bytes = withServerSimulator(bytes);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    Object.assign(headers, {'Content-Type': types[extname(file)] ?? 'application/octet-stream', ETag: etag});
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, headers).end();
    // The address of a sign-in's answer holds a code: no copy of it.
    if (request.url?.includes('?')) headers['Cache-Control'] = 'no-store';
    response.writeHead(200, {...headers, 'Content-Length': bytes.length});
    response.end(request.method === 'HEAD' ? undefined : bytes);
  }

  const server = (
    tls ? (/** @type {import('node:http').RequestListener} */ listener) => createTlsServer(tls, listener) : createServer
  )((request, response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff'); // whatever answers
    const url = request.url ?? '/';
    const inside = url === folder || url.startsWith(`${folder}/`) || url.startsWith(`${folder}?`);
    const target = inside ? url.slice(folder.length) : '';
    const work = async () => {
      if (!inside) return void response.writeHead(404).end();
      if (relay && target.startsWith('/relay/')) return void (await relay(request, response));
      if (simulated && target.startsWith('/cloud/')) {
        if (isForeign(request, target))
          return void response
            .writeHead(403, {'Content-Type': types['.txt']})
            .end('The simulated cloud answers its own pages only.\n');
        return answerCloud(request, response, target);
      }
      if (target === '' && folder !== '') return void response.writeHead(301, {Location: `${folder}/`}).end();
      if (root === null) return void response.writeHead(404).end();
      let path;
      try {
        path = decodeURIComponent(target.replace(/[?#].*$/s, ''));
      } catch {
        return void response.writeHead(400).end();
      }
      return answerFile(request, response, path);
    };
    work().catch((error) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  if (relay) Object.assign(server, {headersTimeout: 15_000, requestTimeout: 30_000}); // whoever dawdles holds no place
  await new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => done(undefined));
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    url: `${scheme}://${shown}:${address.port}${folder}`,
    port: address.port,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await saving;
    },
  };
}

/** @param {Buffer} bytes config.json @returns {Buffer} the same, saying that this server simulates; as it was if unreadable */
function withServerSimulator(bytes) {
  try {
    const config = JSON.parse(bytes.toString('utf8'));
    return Buffer.from(JSON.stringify({...config, simulator: 'server'}, null, 2));
  } catch {
    return bytes;
  }
}

/** @param {string[]} args */
async function main(args) {
  const {values} = parseArgs({
    args,
    options: {
      port: {type: 'string', default: '8080'},
      host: {type: 'string', default: '127.0.0.1'},
      site: {type: 'string', default: join(project, 'build/site')},
      'no-site': {type: 'boolean', default: false},
      cloud: {type: 'string'},
      'no-cloud': {type: 'boolean', default: false},
      base: {type: 'string', default: ''},
      state: {type: 'string'},
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error('--port wants a number from 0 to 65535');
  const server = await startServer({
    port,
    host: values.host,
    site: values['no-site'] ? null : values.site,
    cloud: values['no-cloud'] ? null : values.cloud,
    base: values.base,
    state: values.state,
  });
  const shown = server.url.replace('//127.0.0.1:', '//localhost:');
  console.log(`Foyer: ${shown}${values['no-site'] ? '/cloud/_control' : '/'}`);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => server.close().then(() => process.exit(0)));
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(`serve: ${error instanceof Error ? error.message : error}`);
    process.exit(2);
  });
}
