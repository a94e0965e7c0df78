// The one address of an OpenID provider under test: its own pages and endpoints, an API behind them, and the faults that
// a network can have between client and provider.
import {createServer} from 'node:http';

/**
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {{name: string, issuer: string, front: Front, denial: string,
 *   config: (redirect: string, changes?: object) => object,
 *   through: (authorize: string, decision?: 'accept' | 'deny') => Promise<string>,
 *   rollKeys: () => Promise<void>, close: () => Promise<void>}} Partner
 *   `through` plays the browser from the authorization request to the address of the answer; `rollKeys` signs with a new
 *   key from now on; `denial` is the rule under which the client tells the provider's refusal; `redirect` is the address on this machine where a household waits for the answer.
 */

export class Front {
  url = '';
  /** Calls of the API: the bearer of each. @type {string[]} */
  bearers = [];
  apiStatus = 200;
  /** Forms that reached the token endpoint. @type {URLSearchParams[]} */
  forms = [];
  /** Requests with one of these refresh tokens are processed, but their reply is lost (T6). @type {Set<string>} */
  loseReplyTo = new Set();
  /** @type {(request: Request, response: Response, body: string) => void} */
  provider = (_, response) => void response.writeHead(503).end();
  #tokenPath;
  #server = createServer((request, response) => this.#take(request, response));

  /** @param {string} tokenPath */
  constructor(tokenPath) {
    this.#tokenPath = tokenPath;
  }

  async listen() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', () => resolve(undefined)));
    this.url = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (this.#server.address()).port}`;
    return this.url;
  }

  /** Grants of one kind, those of one refresh token when it is given. @param {string} type @param {string} [refreshToken] */
  grants(type, refreshToken) {
    return this.forms.filter(
      (form) =>
        form.get('grant_type') === type && (refreshToken === undefined || form.get('refresh_token') === refreshToken),
    ).length;
  }

  /** @param {Request} request @param {Response} response */
  #take(request, response) {
    if (request.url?.startsWith('/gateway/')) {
      this.bearers.push(request.headers.authorization ?? '');
      response.writeHead(this.apiStatus, {'Content-Type': 'application/json'}).end('{"plants":[]}');
      return;
    }
    if (request.url?.split('?')[0] !== this.#tokenPath || request.method !== 'POST') {
      this.provider(request, response, '');
      return;
    }
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      const form = new URLSearchParams(body);
      this.forms.push(form);
      if (this.loseReplyTo.has(form.get('refresh_token') ?? '')) {
        response.end = /** @type {any} */ (() => request.socket.destroy());
        response.write = () => true;
      }
      this.provider(request, response, body);
    });
  }

  close() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve(undefined)));
  }
}
