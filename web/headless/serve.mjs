// `foyer serve`: the page, the demo cloud and the relay from one process on this machine, for one person at home.
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {ownersFile} from '../../tools/relay/file.mjs';
import {createRelay} from '../../tools/relay/function.mjs';
import {rateLimit} from '../../tools/relay/rate.mjs';
import {isLoopback, pageConfig, readRelay} from '../../tools/relay/relay.mjs';
import {answering} from '../../tools/relay/serve.mjs';
import {startServer} from '../../tools/serve.mjs';
import {openBrowser} from './open_browser.mjs';
import {Refusal, exits} from './refusal.mjs';

/** @typedef {import('../../tools/relay/relay.mjs').Relay} Relay */

const help = `foyer serve [--port N] [--relay FILE]: page, demo cloud and relay from one process, for one person at home.

  --port N          default: the port of relay.json's redirect address on this machine, else 8080; 0 takes a free one
  --relay FILE      the description of your registration (foyer init writes it); without it there is the demo, and the
                    address leads to Set-up
  --host ADDRESS    where to listen, 127.0.0.1; another address than this machine's own needs --cert and --key
  --cert, --key     PEM files: serve https
  --origin URL      what people call this server when a proxy with TLS stands in front of it: https://home.example
  --site FOLDER     another page than the one that came with this program
  --no-demo         only the clouds of relay.json
  --open            open the address in the browser; without a relay file this happens by itself on a desktop's terminal
                    (--no-open: it does not)

One line for each request to a cloud on standard error: time, method, path, status, seconds. Ctrl-C ends it.
`;

/** Folder of the page: in the package, beside a build of this project, or in its sources. @param {URL} program foyer.mjs */
export function siteFolder(program) {
  const places = ['./site/', '../site/', '../../../site/'].map((one) => fileURLToPath(new URL(one, program)));
  const found = places.find((one) => existsSync(join(one, 'index.html')));
  if (found === undefined)
    throw new Refusal(
      'config',
      'the page is not beside this program: name its folder with --site, or build it with ./dev build web',
    );
  return found;
}

/**
 * What the page is told: the clouds behind the relay, then the demo's. A demo whose id is taken gets another.
 * @param {string} own config.json of the page @param {Relay[]} relays @param {boolean} demo
 */
export function configOf(own, relays, demo = true) {
  const {clouds, ...rest} = JSON.parse(own);
  const real = pageConfig(relays).clouds;
  const taken = new Set(real.map((one) => one.id));
  const simulated = demo ? clouds.filter((/** @type {any} */ one) => one.simulated) : [];
  const renamed = simulated.map((/** @type {any} */ one) => (taken.has(one.id) ? {...one, id: `demo-${one.id}`} : one));
  return {...rest, simulator: 'server', clouds: [...real, ...renamed]};
}

/** @param {string} file @returns {Relay[]} */
function relaysOf(file) {
  let relays;
  try {
    relays = readRelay(ownersFile(file));
  } catch (error) {
    const {code, message} = /** @type {NodeJS.ErrnoException} */ (error);
    throw new Refusal('config', code ? `${file} can't be read: ${code}` : `${file}: ${message}`, '--relay');
  }
  for (const {redirect_uri, id} of relays) {
    if (new URL(redirect_uri).pathname !== '/')
      throw new Refusal(
        'config',
        `${file}: redirect_uri of "${id}": expected an address without a path, because that is where this server has the page`,
        '--relay',
      );
  }
  return relays;
}

/** @param {string} text @param {string} name of the option @returns {number} @throws {Refusal} */
export function portOf(text, name) {
  const port = Number(text);
  if (text === '' || !Number.isInteger(port) || port < 0 || port > 65535)
    throw new Refusal('invalid_input', `expected a number from 0 to 65535, not "${text}"`, name);
  return port;
}

/** @typedef {{port?: string, host?: string, relay?: string, site?: string, origin?: string, cert?: string, key?: string, 'no-demo'?: boolean, open?: boolean, 'no-open'?: boolean, help?: boolean}} Options */

/** @param {string[]} args @returns {Options} */
function optionsOf(args) {
  /** @type {{type: 'string'}} */
  const text = {type: 'string'};
  try {
    const {values, positionals} = parseArgs({
      args,
      allowPositionals: true,
      options: {
        port: text,
        host: text,
        relay: text,
        site: text,
        origin: text,
        cert: text,
        key: text,
        'no-demo': {type: 'boolean'},
        open: {type: 'boolean'},
        'no-open': {type: 'boolean'},
        help: {type: 'boolean', short: 'h'},
      },
    });
    if (positionals.length) throw new Error(`"${positionals[0]}" is one word too many`);
    return values;
  } catch (error) {
    throw new Refusal('invalid_input', `${/** @type {Error} */ (error).message}; foyer serve --help`);
  }
}

/** @param {Options} options @returns {{cert: Buffer, key: Buffer} | undefined} */
function tlsOf({cert, key}) {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined)
    throw new Refusal(
      'invalid_input',
      'one of the two is missing: a certificate and its key belong together',
      cert === undefined ? '--cert' : '--key',
    );
  const read = (/** @type {string} */ file, /** @type {string} */ name) => {
    try {
      return readFileSync(file);
    } catch (error) {
      throw new Refusal('config', `${file} can't be read: ${/** @type {NodeJS.ErrnoException} */ (error).code}`, name);
    }
  };
  return {cert: read(cert, '--cert'), key: read(key, '--key')};
}

/** @param {string | undefined} text @returns {string | undefined} */
function originOf(text) {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' || url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new Refusal('invalid_input', `expected an address like https://home.example, not "${text}"`, '--origin');
  return url.origin;
}

/** The address to print: the page's storage belongs to a name, so it is the one that a sign-in comes back to. @param {Relay[]} relays @param {{url: string, port: number}} server @param {string | undefined} origin */
function addressOf(relays, {url, port}, origin) {
  if (origin) return `${origin}/`;
  const back = relays
    .map((one) => new URL(one.redirect_uri))
    .find((one) => isLoopback(one.hostname) && Number(one.port || 80) === port);
  return back && url.startsWith('http:') ? `${back.origin}/` : `${url.replace('//127.0.0.1:', '//localhost:')}/`;
}

/** Somebody sits before this terminal and has a browser beside it. */
const onDesktop = () =>
  process.stdout.isTTY &&
  !process.env.CI &&
  !process.env.SSH_CONNECTION &&
  (process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY));

/**
 * @param {Options} options @param {URL} program foyer.mjs @param {(line: string) => void} log
 * @returns {Promise<{address: string, port: number, close: () => Promise<void>, notes: string[]}>} listens; `address` is what to open
 */
export async function serve(options, program, log) {
  const host = options.host ?? '127.0.0.1';
  const tls = tlsOf(options);
  if (!isLoopback(host) && !tls) {
    throw new Refusal(
      'unsupported',
      `refused without TLS: a browser lends WebCrypto and service workers, which the page needs, to https pages only (a secure context; this machine itself is the one exception). ` +
        'Put Caddy or nginx with a certificate in front (docs/serve.md has both recipes), or give --cert and --key',
      '--host',
    );
  }
  const origin = originOf(options.origin);
  const relays = options.relay === undefined ? [] : relaysOf(options.relay);
  const local = relays.map((one) => new URL(one.redirect_uri)).filter((one) => isLoopback(one.hostname));
  const port =
    options.port !== undefined ? portOf(options.port, '--port') : local.length ? Number(local[0].port || 80) : 8080;
  const site = options.site ?? siteFolder(program);
  if (!existsSync(join(site, 'index.html'))) throw new Refusal('config', `there is no page in ${site}`, '--site');
  const demo = !options['no-demo'] || !relays.length;
  const config = JSON.stringify(configOf(readFileSync(join(site, 'config.json'), 'utf8'), relays, demo), null, 2);
  /** @type {(request: Request, caller?: string) => Promise<Response>} */
  let relay = async () => new Response(null, {status: 404});
  let server;
  try {
    server = await startServer({
      port,
      host: host.replace(/^\[|\]$/g, ''),
      site,
      cloud: demo ? site : null,
      config,
      tls,
      origin,
      relay: relays.length ? answering((request, caller) => relay(request, caller), log) : undefined,
    });
  } catch (error) {
    const {code, message} = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EADDRINUSE')
      throw new Refusal(
        'unsupported',
        `port ${port} is taken; end what listens there, or choose another with --port N`,
        '--port',
      );
    if (code === 'EACCES')
      throw new Refusal(
        'unsupported',
        `port ${port} is not for everybody's programs; choose one above 1023 with --port N`,
        '--port',
      );
    if (code?.startsWith('EADDR')) throw new Refusal('unsupported', `this machine has no address ${host}`, '--host');
    throw new Refusal('unsupported', message);
  }
  relay = createRelay(relays, {port: server.port, admit: rateLimit()});
  const lost = local.filter((one) => Number(one.port || 80) !== server.port);
  return {
    address: `${addressOf(relays, server, origin)}${relays.length ? '' : '#/setup'}`,
    port: server.port,
    notes: lost.map(
      (one) =>
        `a sign-in comes back to ${one.href}, where this server does not listen: use --port ${one.port || 80}, or register the address above`,
    ),
    close: server.close,
  };
}

/** The command. @param {string[]} args @param {URL} program foyer.mjs */
export async function main(args, program) {
  try {
    const options = optionsOf(args);
    if (options.help) return void process.stdout.write(help);
    const {address, notes, close} = await serve(options, program, (line) => process.stderr.write(`${line}\n`));
    for (const note of notes) process.stderr.write(`foyer serve: ${note}\n`);
    process.stdout.write(`Foyer: ${address}\n`);
    if (options.open || (!options.relay && !options['no-open'] && onDesktop())) {
      const why = await openBrowser(address);
      if (why) process.stderr.write(`foyer serve: no browser was opened (${why}); open the address yourself\n`);
    }
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
      process.once(signal, () => close().then(() => process.exit(0)));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`foyer serve: ${error.text}\n`);
    process.exitCode = exits[error.kind];
  }
}
