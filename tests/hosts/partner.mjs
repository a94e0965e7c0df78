// The probe's partner: an HTTP server that misbehaves on demand.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** @typedef {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void} Route */

/** @type {Record<string, Route>} */
const routes = {
  '/echo': (request, response) => {
    let body = '';
    request
      .on('data', (piece) => (body += piece))
      .on('end', () => {
        response.writeHead(200, {'Content-Type': 'application/json', 'X-Answer': 'yes', 'Set-Cookie': 'a=b; Path=/'});
        response.end(
          JSON.stringify({
            method: request.method,
            body,
            plain: request.headers['x-plain'] ?? '',
            authorization: request.headers.authorization ?? '',
            cookie: request.headers.cookie ?? '',
            referer: request.headers.referer ?? '',
          }),
        );
      });
  },
  '/redirect': (request, response) => response.writeHead(302, {Location: '/echo'}).end(),
  '/slow': () => {},
  '/drip': (request, response) => {
    response.writeHead(200);
    response.write('first');
  },
  '/big': (request, response) => response.writeHead(200).end('x'.repeat(3_000_000)),
  '/broken': (request, response) => {
    response.writeHead(200, {'Content-Length': '8'});
    response.write('half', () => setTimeout(() => response.destroy(), 50));
  },
  '/dropped': (request) => request.socket.destroy(),
};

// A server whose certificate is signed by nobody but itself.
function untrusted() {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-certificate-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  try {
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=127.0.0.1',
        '-addext',
        'subjectAltName=IP:127.0.0.1',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      {stdio: 'ignore'},
    );
    return createSecureServer(
      {key: readFileSync(key), cert: readFileSync(cert)},
      (_, response) => void response.end('nobody reads this'),
    );
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** @param {import('node:http').Server | import('node:https').Server} server */
const listen = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
/** @param {import('node:http').Server | import('node:https').Server} server */
const port = (server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port;

/** Starts the partner on a free port of the loopback interface. */
export async function startPartner() {
  let aborted = false;
  const secured = untrusted();
  await listen(secured);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://partner').pathname;
    if (path === '/watched') return void response.on('close', () => (aborted = true));
    if (path === '/was-aborted') return void response.end(aborted ? 'yes' : 'no');
    if (path === '/secured') return void response.end(`https://127.0.0.1:${port(secured)}/`);
    if (path.startsWith('/status/')) return void response.writeHead(Number(path.slice(8))).end();
    return (routes[path] ?? ((_, answer) => void answer.writeHead(404).end()))(request, response);
  });
  await listen(server);
  return {
    url: `http://127.0.0.1:${port(server)}`,
    close: () => {
      secured.closeAllConnections();
      secured.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
