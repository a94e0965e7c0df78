// Where the provider's answer to a sign-in comes back.

const page = (title, text) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title} – Foyer</title>
<h1>${title}</h1><p>${text}</p></html>
`;

/** Listens for the provider's answer (RFC 8252 section 7.3). */
class Listener {
  constructor(address, seconds) {
    this.address = new URL(address);
    this.seconds = seconds;
    this.waiting = null; // what takes the next answer
    this.early = []; // answers that came before anybody asked
    this.browser = null; // the response that waits for the outcome
    this.state = null; // of the sign-in that is open; none before its address was printed
    this.server = createServer((request, response) => this.#answer(request, response));
  }

  /** @returns {Promise<string>} the redirect address with its real port */
  start() {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(Number(this.address.port), this.address.hostname.replace(/^\[|\]$/g, ''), () => {
        this.address.port = String(this.server.address().port);
        resolve(this.address.href);
      });
    });
  }

  /** Learns from what is printed which answer is ours. */
  expect(json) {
    const {authorize} = JSON.parse(json);
    if (authorize) this.state = new URL(authorize).searchParams.get('state');
  }

  next() {
    this.tell('This is not the answer we wait for', 'Go on in the window where you sign in.');
    return new Promise((resolve, reject) => {
      if (this.early.length) return resolve(this.early.shift());
      const timer = setTimeout(() => reject(new Error('too late')), this.seconds * 1000);
      this.waiting = (url) => {
        clearTimeout(timer);
        resolve(url);
      };
    });
  }

  /** Says in the browser how it ended. */
  tell(title, text) {
    this.browser
      ?.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': "default-src 'none'",
        'Referrer-Policy': 'no-referrer',
        'Cache-Control': 'no-store',
        Connection: 'close',
      })
      .end(page(title, text));
    this.browser = null;
  }

  #answer(request, response) {
    // Any page of the web can ask this port anything, but none can guess the state. What does not carry it once and alone
    // is turned away here, so that it can neither end the sign-in nor take the place of the true answer.
    const turnAway = () =>
      void response.writeHead(400, {'Content-Type': 'text/plain'}).end('This is not the answer we wait for.\n');
    if (!URL.canParse(request.url, this.address)) return turnAway();
    const url = new URL(request.url, this.address);
    if (request.method !== 'GET' || url.pathname !== this.address.pathname) {
      response.writeHead(404, {'Content-Type': 'text/plain'}).end('Nothing is here.\n');
      return;
    }
    const states = url.searchParams.getAll('state');
    if (!this.state || states.length !== 1 || states[0] !== this.state) return turnAway();
    this.tell('This sign-in goes on elsewhere', 'You can close this page.');
    this.browser = response;
    if (this.waiting) this.waiting(url.href);
    else this.early.push(url.href);
    this.waiting = null;
  }
}
