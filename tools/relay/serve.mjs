// serve.mjs RELAY.json [--port N] – the relay's function (function.mjs) as a Node program on this machine's own address,
// for a server in front of it that terminates TLS and serves the page (Caddyfile). Its log has no query, no body, no header.
import http from 'node:http';
import {Readable} from 'node:stream';
import {pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import {ownersFile} from './file.mjs';
import {createRelay} from './function.mjs';
import {rateLimit} from './rate.mjs';
import {own, readRelay} from './relay.mjs';

/** What a URL parser would change is not forwarded: the function must see the path that was sent. @param {string} target */
const literal = (target) => {
  if (!target.startsWith('/')) return false; // absolute-form: this is no proxy
  const [path] = target.split('?');
  return URL.canParse(target, 'http://x') && new URL(target, 'http://x').pathname === path;
};

/**
 * What listens to requests of a server and answers them with the function.
 * @param {(request: Request, caller?: string) => Promise<Response>} relay @param {(line: string) => void} log one line a request
 * @returns {(request: http.IncomingMessage, response: http.ServerResponse) => Promise<void>} never rejects
 */
export const answering = (relay, log) => async (request, response) => {
  const {method = 'GET', url: target = '/', headers} = request;
  const begun = Date.now();
  const note = (/** @type {number} */ status) =>
    log(
      `${new Date(begun).toISOString()} ${method} ${encodeURI(target.split('?')[0])} ${status} ${((Date.now() - begun) / 1000).toFixed(3)}`,
    );
  try {
    if (!literal(target)) throw new TypeError('not a path');
    const body = method === 'GET' || method === 'HEAD' ? undefined : Readable.toWeb(request);
    const answer = await relay(
      new Request(
        `http://${headers.host}${target}`,
        /** @type {any} */ ({
          method,
          body,
          duplex: 'half',
          headers: Object.entries(headers).flatMap(([name, value]) =>
            typeof value === 'string' ? [[name, value]] : [],
          ),
        }),
      ),
      request.socket.remoteAddress,
    );
    note(answer.status);
    response.writeHead(answer.status, [...answer.headers].flat());
    if (answer.body)
      Readable.fromWeb(/** @type {any} */ (answer.body))
        .on('error', () => response.destroy())
        .pipe(response);
    else response.end();
  } catch {
    note(404);
    response
      .writeHead(404, {'Content-Type': 'application/json'})
      .end(JSON.stringify({statusCode: 404, message: own[404]}));
  }
};

/** @param {(request: Request, caller?: string) => Promise<Response>} relay @param {(line: string) => void} log @returns {http.Server} */
export const serve = (relay, log) => http.createServer({requireHostHeader: true}, answering(relay, log));

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const {
    values,
    positionals: [file],
  } = parseArgs({allowPositionals: true, options: {port: {type: 'string', default: '8081'}}});
  if (file === undefined) {
    console.error('usage: serve.mjs RELAY.json [--port N]');
    process.exit(2);
  }
  try {
    const relays = readRelay(ownersFile(file));
    serve(createRelay(relays, {admit: rateLimit()}), (line) => console.log(line)).listen(
      Number(values.port),
      '127.0.0.1',
    );
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}
