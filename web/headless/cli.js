// The command line of the headless client. Comes after the code that Emscripten writes into the same file.
import {existsSync, readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {dirname, join} from 'node:path';
import {parseArgs} from 'node:util';

const help = `Foyer without a window: the Legrand home for scripts.

  foyer.mjs --config FILE sign-in [--redirect http://127.0.0.1:PORT/callback] [--timeout SECONDS]
  foyer.mjs --config FILE session | sign-out | homes | quota | doctor
  foyer.mjs --config FILE topology HOME
  foyer.mjs --config FILE state HOME
  foyer.mjs --config FILE set HOME MODULE on|off|level=40|position=0|stop|setpoint=20.5|mode=boost:60|program=2|run
  foyer.mjs --config FILE schedules HOME | scenes HOME
  foyer.mjs --config FILE schedule HOME switch|end|delete SCHEDULE
  foyer.mjs --config FILE schedule HOME rename SCHEDULE NAME
  foyer.mjs --config FILE schedule HOME edit SCHEDULE --body JSON | create --body JSON
  foyer.mjs --config FILE measures HOME MODULE|ROOM [--from TIME] [--to TIME] [--scale SCALE] [--type TYPES]
  foyer.mjs --config FILE call OPERATION name=value …
  foyer.mjs --config FILE call METHOD PATH [--body JSON]
  foyer.mjs operations [API]
  foyer.mjs [--config FILE] hook --verify FILE|- [--signature HEX]

  --config FILE     the config.json of the page; secrets go to FILE.vault beside it (mode 0600)
  --base URL        where relative addresses in FILE belong to, when FILE has no "base"
  --account ID      which cloud of FILE, when it has several
  --redirect URL    address on this machine that the provider sends the answer to; port 0 takes a free one
  --timeout SECONDS how long sign-in waits for the person (300)
  --body JSON       what call METHOD PATH sends; what of a schedule changes, as schedules prints it
  --from, --to TIME 2026-01-10T18:00:00Z or Unix seconds
  --scale SCALE     30min, 1hour, 3hours, 1day, 1week, 1month
  --type TYPES      parted by commas: temperature,sp_temperature or sum_energy_buy_from_grid$0 …
  --language fr|it  what is said in words; English otherwise
  --verify FILE     a body that a cloud posted; - is standard input
  --signature HEX   its X-Netatmo-secret, checked with FOYER_CLIENT_SECRET of the environment or FILE's client_secret

  FOYER_PASSPHRASE in the environment seals the secrets in FILE.vault (AES-GCM, PBKDF2); it is needed from then on.

HOME and MODULE are ids or names ("Living room/Ceiling light" when several share a name).
Standard output is JSON, standard error one line per call. Exit codes:
  0 done · 1 internal fault · 2 invalid_input · 3 config · 4 offline · 5 transport · 6 timeout · 7 malformed
  8 refused · 9 signed_out · 10 protocol · 11 parked · 12 storage · 13 unsupported · 14 cancelled
`;

const line = (stream, text) => stream.write(`${text}\n`);

/** Ends the program once everything is written. */
const end = (json, exit) => {
  process.exitCode = exit;
  process.stdout.write(json ? `${json}\n` : '', () => process.exit(exit));
};
const refuse = (kind, exit, message, field) => end(JSON.stringify({error: {kind, message, ...(field ? {field} : {})}}), exit);

const page = (title, text) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title} – Foyer</title>
<h1>${title}</h1><p>${text}</p></html>
`;

/** Listens for the provider's answer (RFC 8252 §7.3). */
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
    this.browser?.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': "default-src 'none'",
      'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store', 'Connection': 'close',
    }).end(page(title, text));
    this.browser = null;
  }

  #answer(request, response) {
    // Any page of the web can ask this port anything, but none can guess the state. What does not carry it once and alone
    // is turned away here, so that it can neither end the sign-in nor take the place of the true answer.
    const turnAway = () => void response.writeHead(400, {'Content-Type': 'text/plain'}).end('This is not the answer we wait for.\n');
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

async function main() {
  let parsed;
  try {
    const text = {type: 'string'};
    parsed = parseArgs({
      allowPositionals: true,
      options: {
        config: text, base: text, account: text, redirect: text, timeout: text, body: text, from: text,
        to: text, scale: text, type: text, verify: text, signature: text, language: text,
        help: {type: 'boolean', short: 'h'},
      },
    });
  } catch (error) {
    line(process.stderr, help);
    return refuse('invalid_input', 2, error.message);
  }
  const {values, positionals: [command, ...rest]} = parsed;
  if (values.help) return process.stdout.write(help);
  if (!command) {
    line(process.stderr, help);
    return refuse('invalid_input', 2, 'which command? see --help');
  }
  const configured = command !== 'operations' && (command !== 'hook' || values.config);
  if (configured && !values.config) return refuse('config', 3, 'expected --config FILE, the config.json of the page', '--config');
  let config = '';
  try {
    if (configured) config = readFileSync(values.config, 'utf8');
  } catch (error) {
    return refuse('config', 3, `${values.config} can't be read: ${error.code}`, '--config');
  }

  const order = {
    command, arguments: rest, account: values.account ?? '', redirect: '', body: values.body ?? '', config,
    base: values.base ?? '', from: values.from ?? '', to: values.to ?? '', scale: values.scale ?? '',
    type: values.type ?? '', hook: '', signature: values.signature ?? '', secret: '', words: '',
  };
  if (values.language && values.language !== 'en') {
    try {
      if (!/^[a-z]{2}$/.test(values.language)) throw Error();
      order.words = readFileSync(new URL(`${values.language}.words`, import.meta.url), 'utf8');
    } catch {
      return refuse('invalid_input', 2, `expected en, fr or it, not "${values.language}"`, '--language');
    }
  }
  if (command === 'hook') {
    if (!values.verify) return refuse('invalid_input', 2, 'expected hook --verify FILE', '--verify');
    if (values.signature === '') return refuse('invalid_input', 2, 'is empty', '--signature');
    try {
      order.hook = readFileSync(values.verify === '-' ? 0 : values.verify).toString('base64url');
    } catch (error) {
      return refuse('invalid_input', 2, `${values.verify} can't be read: ${error.code}`, '--verify');
    }
    order.secret = process.env.FOYER_CLIENT_SECRET ?? '';
  }
  let listener;
  if (command === 'sign-in') {
    if (existsSync(join(dirname(values.config), 'index.html'))) {
      line(process.stderr, JSON.stringify({
        event: 'warning',
        text: `${values.config} lies in the folder of a page: secrets would be beside it. Use a copy in a folder of your own.`,
      }));
    }
    const address = values.redirect ?? redirectOf(config, values.account);
    if (!/^http:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?\//.test(address ?? '')) {
      return refuse('invalid_input', 2,
          'expected an address on this machine that is registered with the provider: --redirect http://127.0.0.1:PORT/callback',
          '--redirect');
    }
    const seconds = Number(values.timeout ?? 300);
    if (!(seconds > 0)) return refuse('invalid_input', 2, 'expected seconds', '--timeout');
    listener = new Listener(address, seconds);
    try {
      order.redirect = await listener.start();
    } catch (error) {
      return refuse('unsupported', 13, `can't listen at ${address}: ${error.code}`, '--redirect');
    }
  }

  await Module({
    arguments: [JSON.stringify(order)],
    foyerFiles: {vault: `${values.config}.vault`, records: `${values.config}.records`, passphrase: process.env.FOYER_PASSPHRASE ?? ''},
    foyerPrint: (json) => {
      listener?.expect(json);
      line(process.stdout, json);
    },
    foyerEvent: (json) => line(process.stderr, json),
    foyerRedirect: () => listener.next(),
    foyerEnd: (json, exit) => {
      if (exit === 0) listener?.tell('You are signed in', 'You can close this page.');
      else listener?.tell('The sign-in did not work', 'You can close this page and look at the program that started it.');
      end(json, exit);
    },
  });
}

/**
 * The redirect address of the cloud that is meant; a simulated one takes any on this machine. Whether the file is right is
 * the core's to say.
 */
function redirectOf(config, account) {
  const anyPort = 'http://127.0.0.1:0/callback';
  try {
    const {clouds} = JSON.parse(config);
    const cloud = account ? clouds.find((one) => one.id === account) : clouds[0];
    return cloud.simulated ? anyPort : cloud.redirect_uri;
  } catch {
    return anyPort;
  }
}

main().catch((error) => refuse('internal', 1, String(error?.message ?? error)));
