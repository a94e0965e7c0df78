// The relay as it is run: nginx with the generated configuration, the function behind a Node server, Caddy in front of that –
// and an upstream that notes what it gets and answers as badly as asked.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {createRelay} from '../../tools/relay/function.mjs';
import {readRelay} from '../../tools/relay/relay.mjs';
import {serve} from '../../tools/relay/serve.mjs';
import * as command from '../../web/headless/serve.mjs';

const tool = (/** @type {string} */ name) => fileURLToPath(new URL(`../../tools/relay/${name}`, import.meta.url));

/**
 * @typedef {{method: string, url: string, headers: http.IncomingHttpHeaders, body: string}} Seen
 * @typedef {{name: string, port: number, origin: string, logs: () => string, close: () => Promise<void>}} RelayHost
 * @typedef {{status: number, headers: Record<string, string>, lines: string[], body: string}} Answer
 */

/** @param {net.Server} server @returns {Promise<number>} */
export const listen = (server) =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(/** @type {net.AddressInfo} */ (server.address()).port)),
  );

export async function freePort() {
  const probe = net.createServer();
  const port = await listen(probe);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** @param {number} port resolves when something accepts connections there @param {import('node:child_process').ChildProcess} program */
export async function accepting(port, program) {
  for (let tries = 0; tries < 400 && program.exitCode === null; tries += 1) {
    const open = await new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.end());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${program.spawnfile} does not accept connections`);
}

/** @param {import('node:child_process').ChildProcess} program */
const ending = (program) => async () => {
  if (program.exitCode !== null) return;
  const gone = new Promise((resolve) => program.on('exit', resolve));
  program.kill('SIGTERM');
  await gone;
};

/** Every file below a folder, as one text. @param {string} folder @returns {string} */
export const everythingIn = (folder) =>
  readdirSync(folder)
    .map((name) => {
      const file = path.join(folder, name);
      return statSync(file).isDirectory() ? everythingIn(file) : readFileSync(file, 'latin1');
    })
    .join('\n');

/** A folder with the page's files, a description and what is made of it. @param {string} folder @param {object} described @param {number} port */
function settle(folder, described, port, site = path.join(folder, 'site')) {
  mkdirSync(folder, {recursive: true});
  if (!existsSync(site)) {
    mkdirSync(site);
    writeFileSync(path.join(site, 'index.html'), '<!doctype html><title>Foyer</title>');
  }
  const file = path.join(folder, 'relay.json');
  writeFileSync(file, JSON.stringify(described), {mode: 0o600});
  const out = path.join(folder, 'out');
  const made = spawnSync(
    process.execPath,
    [tool('make-conf.mjs'), file, '--out', out, '--site', site, '--port', String(port)],
    {encoding: 'utf8'},
  );
  assert.equal(made.status, 0, made.stderr);
  return {site, out};
}

/**
 * @param {string} folder of its own @param {any} described
 * @param {string} [page] folder of the page, which is then what the answer comes back to @returns {Promise<RelayHost>}
 */
export async function nginx(folder, described, page) {
  const port = await freePort();
  const here = page === undefined ? {} : {redirect_uri: `http://127.0.0.1:${port}/`};
  const {out} = settle(folder, {...described, ...here}, port, page);
  const program = spawn('nginx', ['-e', 'stderr', '-p', out, '-c', path.join(out, 'nginx.conf')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await accepting(port, program);
  return {
    name: 'nginx',
    port,
    origin: `http://127.0.0.1:${port}`,
    close: ending(program),
    logs: () => ['access.log', 'error.log'].map((name) => readFileSync(path.join(out, name), 'latin1')).join('\n'),
  };
}

/** Where Debian's package keeps its configuration: on this machine, or among the servers that were fetched for the tests. */
const stock = ['/etc/nginx', path.join(process.env.FOYER_PARTNERS ?? '', 'etc/nginx')].find((one) =>
  existsSync(path.join(one, 'sites-available/default')),
);

/**
 * nginx with nothing but the configuration that Debian ships, its mime.types above all, and the site as its files. Only places
 * that need root, and the port, are others. @param {string} folder of its own @param {string} site
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
export async function stockNginx(folder, site) {
  assert.ok(stock, 'Debian’s nginx-light is neither installed nor in FOYER_PARTNERS: tools/setup/partners.sh');
  const port = await freePort();
  mkdirSync(path.join(folder, 'sites-enabled'), {recursive: true});
  /** @param {string} name @param {[string | RegExp, string][]} places each has to be there */
  const placed = (name, places) =>
    places.reduce(
      (text, [theirs, here]) => {
        assert.ok(text.split(theirs).length > 1, `${name} has no ${theirs}`);
        return text.replaceAll(theirs, here);
      },
      readFileSync(path.join(stock, name), 'utf8'),
    );
  writeFileSync(
    path.join(folder, 'sites-enabled/default'),
    placed('sites-available/default', [
      ['listen 80 default_server;', `listen 127.0.0.1:${port} default_server;`],
      [/listen \[::\]:80 default_server;/g, ''],
      ['root /var/www/html;', `root ${site};`],
    ]),
  );
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join(' ');
  writeFileSync(
    path.join(folder, 'nginx.conf'),
    placed('nginx.conf', [
      [/^user .*$/gm, ''],
      [/^pid .*$/gm, `pid ${folder}/pid;`],
      ['/var/log/nginx', folder],
      ['http {', `http { ${temporary}`],
      ['include /etc/nginx/modules-enabled/*.conf;', ''],
      ['/etc/nginx/mime.types', path.join(stock, 'mime.types')],
      ['/etc/nginx/conf.d', path.join(folder, 'conf.d')],
      ['/etc/nginx/sites-enabled', path.join(folder, 'sites-enabled')],
    ]),
  );
  const program = spawn(
    'nginx',
    ['-e', 'stderr', '-p', folder, '-c', path.join(folder, 'nginx.conf'), '-g', 'daemon off;'],
    {stdio: ['ignore', 'inherit', 'inherit']},
  );
  await accepting(port, program);
  return {url: `http://localhost:${port}`, close: ending(program)};
}

/** @param {object} described @param {number} [port] where callers think it is @returns {Promise<RelayHost>} */
export async function node(described, port) {
  let log = '';
  /** @type {(request: Request) => Promise<Response>} */
  let relay = async () => new Response();
  const server = serve(
    (request) => relay(request),
    (line) => (log += `${line}\n`),
  );
  const own = await listen(server);
  relay = createRelay(readRelay(JSON.stringify(described)), {port: port ?? own});
  return {
    name: 'function',
    port: own,
    origin: `http://127.0.0.1:${own}`,
    logs: () => log,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** `foyer serve`: the same function in one process with the page and the demo. @param {string} folder of its own @param {object} described @returns {Promise<RelayHost>} */
export async function foyerServe(folder, described) {
  mkdirSync(folder, {recursive: true});
  const relay = path.join(folder, 'relay.json');
  writeFileSync(relay, JSON.stringify(described), {mode: 0o600});
  let log = '';
  const site = path.join(process.env.FOYER_BUILD ?? fileURLToPath(new URL('../../build', import.meta.url)), 'site');
  const {port, close} = await command.serve(
    {relay, port: '0', site},
    new URL(import.meta.url),
    (line) => (log += `${line}\n`),
  );
  return {name: 'foyer serve', port, origin: `http://127.0.0.1:${port}`, logs: () => log, close};
}

export const hasCaddy = spawnSync('caddy', ['version']).status === 0;

/** @param {string} folder of its own @param {object} described @returns {Promise<RelayHost>} */
export async function caddy(folder, described) {
  const port = await freePort();
  const {site, out} = settle(folder, described, port);
  const behind = await node(described, port);
  let log = '';
  const program = spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', tool('Caddyfile')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
      FOYER_ADDRESS: `http://:${port}`,
      FOYER_SITE: site,
      FOYER_CONFIG: out,
      FOYER_RELAY: `127.0.0.1:${behind.port}`,
    },
  });
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (part) => (log += part));
  await accepting(port, program).catch((error) => {
    throw new Error(`${error.message}: ${log}`);
  });
  return {
    name: 'Caddy',
    port,
    origin: `http://127.0.0.1:${port}`,
    logs: () => log + behind.logs(),
    async close() {
      await ending(program)();
      await behind.close();
    },
  };
}

/** Sends exactly these bytes and reads until the other side closes. @param {number} port @param {string} text @returns {Promise<Answer>} */
export const raw = (port, text, limit = 1 << 20) =>
  new Promise((resolve, reject) => {
    let got = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    socket.setTimeout(20_000, () => socket.destroy(new Error(`no end of the answer to ${text.slice(0, 80)}`)));
    socket.on('data', (part) => {
      got += part.toString('latin1');
      if (got.length > limit) socket.destroy();
    });
    socket.on('error', (error) => (got === '' ? reject(error) : socket.destroy()));
    socket.on('close', () => {
      const [head, ...rest] = got.split('\r\n\r\n');
      const [first, ...lines] = head.split('\r\n');
      const headers = Object.fromEntries(
        lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
      );
      resolve({
        status: Number(/^HTTP\/1\.[01] (\d+)/.exec(first)?.[1] ?? 0),
        headers,
        lines,
        body: unchunked(rest.join('\r\n\r\n'), headers),
      });
    });
  });

/** @param {string} body @param {Record<string, string>} headers */
function unchunked(body, headers) {
  if (headers['transfer-encoding'] !== 'chunked') return body;
  let whole = '';
  for (let at = 0; at < body.length;) {
    const end = body.indexOf('\r\n', at);
    const size = parseInt(body.slice(at, end), 16);
    if (!(size > 0)) break;
    whole += body.slice(end + 2, end + 2 + size);
    at = end + 2 + size + 2;
  }
  return whole;
}

/** An upstream; what it answers is in the path: /status/NNN, /drop, /silent, /slow, /stuck, /huge, /moved, /hostile, /headers. */
export async function upstream() {
  /** @type {Seen[]} */
  const seen = [];
  let sent = 0; // bytes of huge answers
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      const url = request.url ?? '';
      seen.push({method: request.method ?? '', url, headers: request.headers, body});
      if (/\/drop\b/.test(url)) return void request.socket.destroy();
      if (url.includes('/silent')) return;
      /** @type {Record<string, string>} */
      const fields = {
        'content-type': 'application/json',
        'retry-after': '7',
        date: 'Sun, 06 Nov 1994 08:49:37 GMT',
        etag: '"1"',
      };
      if (url.includes('/moved'))
        return void response
          .writeHead(302, {...fields, location: 'https://elsewhere.example/?to=SECRETPLACE'})
          .end('{}');
      if (url.includes('/headers'))
        return void response.writeHead(200, {...fields, 'x-large': 'x'.repeat(200_000)}).end('{}');
      if (url.includes('/hostile')) {
        Object.assign(fields, {
          'set-cookie': 'tracker=1',
          'clear-site-data': '"*"',
          'access-control-allow-origin': '*',
          'access-control-allow-credentials': 'true',
          'x-accel-redirect': '/config.json',
          'service-worker-allowed': '/',
          refresh: '0; url=https://elsewhere.example/',
          link: '<https://x/>; rel=preload',
          'content-type': 'text/html',
          'cache-control': 'public, max-age=99999',
          'strict-transport-security': 'max-age=1',
          'reporting-endpoints': 'default="https://x/"',
          'set-login': 'logged-in',
          'speculation-rules': '"/rules"',
          'permissions-policy': 'camera=*',
          'accept-ch': 'Sec-CH-UA-Model',
          sourcemap: 'https://x/',
          'origin-agent-cluster': '?0',
          'x-never-heard-of': '1',
        });
      }
      if (url.includes('/slow'))
        return void setTimeout(() => response.writeHead(200, fields).end('{"upstream":true}'), 300);
      if (url.includes('/stuck')) return void response.writeHead(200, fields).write('{"upstream":');
      if (url.includes('/huge')) {
        response.writeHead(200, fields);
        const piece = Buffer.alloc(1 << 16, 'x');
        const more = () => {
          while (sent < 1 << 28 && !response.destroyed) {
            sent += piece.length;
            if (!response.write(piece)) return;
          }
          response.end();
        };
        response.on('drain', more);
        return more();
      }
      response.writeHead(Number(/\/status\/(\d+)/.exec(url)?.[1] ?? 200), fields).end('{"upstream":true}');
    });
  });
  const port = await listen(server);
  return {
    port,
    seen,
    sent: () => sent,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @param {string} folder whether anything that can be spooled lies there */
export const spooled = (folder) =>
  existsSync(path.join(folder, 'out', 'tmp-proxy')) ? everythingIn(path.join(folder, 'out', 'tmp-proxy')).length : 0;
