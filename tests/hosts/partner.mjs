// The probe's partner: an HTTP server that misbehaves on demand.
import {createServer} from 'node:http';

/** @typedef {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void} Route */

/** @type {Record<string, Route>} */
const routes = {
  '/echo': (request, response) => {
    let body = '';
    request.on('data', (piece) => body += piece).on('end', () => {
      response.writeHead(200, {'Content-Type': 'application/json', 'X-Answer': 'yes', 'Set-Cookie': 'a=b; Path=/'});
      response.end(JSON.stringify({
        method: request.method, body, plain: request.headers['x-plain'] ?? '',
        authorization: request.headers.authorization ?? '', cookie: request.headers.cookie ?? '',
        referer: request.headers.referer ?? '',
      }));
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

/** Starts the partner on a free port of the loopback interface. */
export async function startPartner() {
  let aborted = false;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://partner').pathname;
    if (path === '/watched') return void response.on('close', () => aborted = true);
    if (path === '/was-aborted') return void response.end(aborted ? 'yes' : 'no');
    if (path.startsWith('/status/')) return void response.writeHead(Number(path.slice(8))).end();
    return (routes[path] ?? ((_, answer) => void answer.writeHead(404).end()))(request, response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  return {
    url: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
