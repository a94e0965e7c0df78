// `foyer init`: from the values of a registration to config.json and relay.json, by questions on the terminal or by flags.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {ownersFile} from '../../tools/relay/file.mjs';
import {isLoopback, readRelay} from '../../tools/relay/relay.mjs';
import {terminal} from './ask.mjs';
import {discover, keysFit, secretFits} from './probe.mjs';
import {Refusal, exits} from './refusal.mjs';
import {described, filesOf, valueOf, vendors} from './registration.mjs';

/** @typedef {import('./registration.mjs').Vendor} Vendor @typedef {import('./registration.mjs').Field} Field */

const help = `foyer init [legrand|netatmo] [options]: writes config.json and relay.json for your own registration.

What is not given as an option is asked for, with the place where the vendor shows it. Without a terminal everything is
given as options.

  --client-id ID               application ID or client ID
  --client-secret-file FILE|-  the secret; - is standard input. No option takes a secret itself: others could read it in
                               the list of programs and in the shell's history
  --keys-file FILE|-           legrand: primary and, below it, secondary subscription key; with - below the secret
  --redirect URL               the registered redirect address (http://localhost:8080/)
  --scopes LIST                parted by commas or spaces
  --folder FOLDER              where to write (the present one)
  --add                        to the files that are there: one more cloud
  --force                      instead of the files that are there
  --offline                    asks nothing of the vendor's servers
  --id ID, --name NAME         short id, words on the sign-in button
  --providers LIST             legrand: smarther, hc or both (smarther)
  --issuer URL, --jwks URL     legrand: when the vendor's discovery document cannot be had
  --login URL, --api URL       another server than the vendor's

config.json is for this program and the native window, relay.json for foyer serve. Both hold secrets and are yours alone
(mode 0600).
`;

const files = /** @type {const} */ (['config.json', 'relay.json']);
const say = (/** @type {string} */ text) => void process.stderr.write(`${text}\n`);

/** @param {string[]} args */
function optionsOf(args) {
  /** @type {{type: 'string'}} */
  const text = {type: 'string'};
  /** @type {{type: 'boolean'}} */
  const flag = {type: 'boolean'};
  try {
    const {values, positionals} = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'client-id': text,
        'client-secret-file': text,
        'keys-file': text,
        redirect: text,
        scopes: text,
        folder: text,
        id: text,
        name: text,
        providers: text,
        issuer: text,
        jwks: text,
        login: text,
        api: text,
        add: flag,
        force: flag,
        offline: flag,
        help: {type: 'boolean', short: 'h'},
      },
    });
    if (positionals.length > 1) throw new Error(`"${positionals[1]}" is one word too many`);
    return {values, vendor: positionals[0]};
  } catch (error) {
    throw new Refusal('invalid_input', `${/** @type {Error} */ (error).message}; foyer init --help`);
  }
}

/** @typedef {ReturnType<typeof optionsOf>['values']} Options */

/** Texts of the options that name a file; standard input is read once, its first line is the secret. @param {Options} options */
function secretsOf(options) {
  const read = (/** @type {string} */ file, /** @type {string} */ option) => {
    try {
      return readFileSync(file === '-' ? 0 : file, 'utf8');
    } catch (error) {
      throw new Refusal(
        'invalid_input',
        `${file} can't be read: ${/** @type {NodeJS.ErrnoException} */ (error).code}`,
        option,
      );
    }
  };
  const {'client-secret-file': secret, 'keys-file': keys} = options;
  if (secret === '-' && keys === '-') {
    const [first, ...rest] = read('-', '--client-secret-file').split('\n');
    return {'--client-secret-file': first, '--keys-file': rest.join('\n')};
  }
  return {
    ...(secret === undefined ? {} : {'--client-secret-file': read(secret, '--client-secret-file')}),
    ...(keys === undefined ? {} : {'--keys-file': read(keys, '--keys-file')}),
  };
}

/** What the options give, by option. @param {Options} options @returns {Record<string, string>} */
function givenBy(options) {
  const {'client-id': id, redirect, scopes} = options;
  const plain = {'--client-id': id, '--redirect': redirect, '--scopes': scopes};
  return {
    .../** @type {Record<string, string>} */ (
      Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
    ),
    ...secretsOf(options),
  };
}

/**
 * The values of a registration: those given, those asked for. @param {Field[]} fields @param {Record<string, string>} given
 * @param {boolean} strict @param {ReturnType<typeof terminal> | null} person
 */
async function valuesOf(fields, given, strict, person) {
  /** @type {Record<string, string | string[]>} */
  const values = {};
  const missing = fields.filter(({option, otherwise}) => given[option] === undefined && otherwise === undefined);
  if (!person && missing.length)
    throw new Refusal(
      'invalid_input',
      `without a terminal these are needed as options: ${missing.map(({option}) => option).join(', ')}`,
    );
  for (const field of fields) {
    const text = given[field.option] ?? (person ? undefined : field.otherwise);
    if (text !== undefined) {
      try {
        values[field.key] = valueOf(field, text, strict);
      } catch (error) {
        throw new Refusal('invalid_input', /** @type {Error} */ (error).message, field.option);
      }
      continue;
    }
    say(`\n${field.label}\n  ${field.where}`);
    while (values[field.key] === undefined) {
      const preset = field.otherwise === undefined ? '' : ` [${field.otherwise}]`;
      const typed = await /** @type {NonNullable<typeof person>} */ (person).ask(
        `${field.secret ? '  (not shown)' : ` ${preset}`} > `,
        field.secret,
      );
      try {
        values[field.key] = valueOf(field, typed.trim() || (field.otherwise ?? ''), strict);
      } catch (error) {
        say(`  ${/** @type {Error} */ (error).message}`);
      }
    }
  }
  return values;
}

/** Issuer and keys of Legrand: given, published, or asked for. @param {Options} options @param {string} clientId @param {ReturnType<typeof terminal> | null} person */
async function issuerOf(options, clientId, person) {
  const login = (options.login ?? 'https://partners-login.eliotbylegrand.com').replace(/\/$/, '');
  let {issuer, jwks} = options;
  if (issuer && jwks) return {issuer, jwks_uri: jwks};
  const found = options.offline ? null : await discover(login, clientId);
  if (found && 'issuer' in found) return {issuer: issuer ?? found.issuer, jwks_uri: jwks ?? found.jwks_uri};
  if (found) say(`? ${found.text}`);
  const where = `${login}/${clientId}/.well-known/openid-configuration`;
  if (!issuer && person) {
    say(`\nIssuer of the tokens\n  "issuer" in ${where}`);
    while (!issuer || !URL.canParse(issuer)) {
      if (issuer) say('  expected an address, to the letter as it stands there');
      issuer = (await person.ask('  > ')).trim();
    }
  }
  if (!issuer)
    throw new Refusal(
      'transport',
      `who issues the tokens stands in ${where}, which could not be had: try again, or give --issuer and --jwks`,
      '--issuer',
    );
  return {issuer, jwks_uri: jwks ?? `${login}/${clientId}/discovery/keys`};
}

/** What the files have now, for --add. @param {string} folder @returns {{clouds: Record<string, any>[], config: any}} */
function presentIn(folder) {
  const read = (/** @type {string} */ name) => {
    const file = path.join(folder, name);
    if (!existsSync(file)) return null;
    try {
      return JSON.parse(ownersFile(file));
    } catch (error) {
      throw new Refusal(
        'config',
        `${file}: ${error instanceof SyntaxError ? 'is not JSON' : /** @type {Error} */ (error).message}`,
        '--add',
      );
    }
  };
  const relay = read('relay.json');
  return {clouds: relay === null ? [] : (relay.clouds ?? [relay]), config: read('config.json') ?? {}};
}

/** The core reads config.json as it will later; nothing of it is sent anywhere. @param {string} config @param {URL} program */
function readByTheCore(config, program) {
  const folder = mkdtempSync(path.join(tmpdir(), 'foyer-init-')); // mode 0700
  try {
    const file = path.join(folder, 'config.json');
    writeFileSync(file, config, {mode: 0o600});
    const {stdout} = spawnSync(process.execPath, [fileURLToPath(program), '--config', file, 'session'], {
      encoding: 'utf8',
    });
    const {error} = JSON.parse(stdout.trim().split('\n').pop() || '{}');
    if (error?.kind === 'config') throw new Refusal('config', `config.json: ${error.field ?? ''} ${error.message}`);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** Whole files or none; an interrupted call leaves the old one. @param {string} folder @param {Record<string, string>} texts */
function write(folder, texts) {
  /** @type {string[]} */
  const begun = [];
  try {
    mkdirSync(folder, {recursive: true, mode: 0o700});
    for (const [name, text] of Object.entries(texts)) {
      const file = path.join(folder, `${name}.new`);
      rmSync(file, {force: true}); // of an interrupted call: it would keep its mode
      begun.push(file);
      writeFileSync(file, text, {mode: 0o600, flag: 'wx', flush: true});
    }
    for (const name of Object.keys(texts)) renameSync(path.join(folder, `${name}.new`), path.join(folder, name));
  } catch (error) {
    for (const file of begun) rmSync(file, {force: true});
    throw new Refusal(
      'storage',
      `${folder} can't be written: ${/** @type {NodeJS.ErrnoException} */ (error).code}`,
      '--folder',
    );
  }
}

/** @param {string} folder @param {string} redirect @returns {string} what to type next */
function next(folder, redirect) {
  const here = (/** @type {string} */ name) => {
    const file = path.join(folder, name);
    return /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
  };
  const url = new URL(redirect);
  const page = isLoopback(url.hostname)
    ? 'then open the address it prints'
    : `behind a proxy that serves ${url.origin}/ (docs/serve.md)`;
  const script = isLoopback(url.hostname)
    ? `foyer --config ${here('config.json')} sign-in    for scripts, while foyer serve does not run\n`
    : '';
  return `foyer serve --relay ${here('relay.json')}    ${page}\n${script}`;
}

/** @param {Options} options @param {Vendor} vendor @param {URL} program @param {ReturnType<typeof terminal> | null} person */
async function init(options, vendor, program, person) {
  const folder = options.folder ?? '.';
  const there = files.filter((name) => existsSync(path.join(folder, name)));
  if (options.add && options.force) throw new Refusal('invalid_input', '--add and --force contradict each other');
  if (there.length && !options.add && !options.force)
    throw new Refusal(
      'invalid_input',
      `${there.join(' and ')} ${there.length > 1 ? 'are' : 'is'} there already: --add puts this registration beside what they hold, --force replaces them`,
      '--folder',
    );
  if (existsSync(path.join(folder, 'index.html')))
    throw new Refusal(
      'invalid_input',
      'this is the folder of a page, which would hand your secrets to everyone: choose another',
      '--folder',
    );
  const present = options.add ? presentIn(folder) : {clouds: [], config: {}};
  const {fields, before} = vendors[vendor];
  if (person) say(before);
  const values = await valuesOf(fields, givenBy(options), options.login === undefined, person);
  const providers = options.providers?.split(/[\s,]+/);
  const cloud = described(vendor, {
    ...values,
    id: options.id,
    name: options.name,
    providers,
    login: options.login,
    api: options.api,
    ...(vendor === 'legrand' ? await issuerOf(options, String(values.client_id), person) : {}),
  });
  let made;
  try {
    if (present.clouds.some(({id}) => id === cloud.id))
      throw new Error(`id: expected another than "${cloud.id}", which is there already (--id)`);
    made = filesOf([...present.clouds, cloud], present.config);
  } catch (error) {
    throw new Refusal('invalid_input', /** @type {Error} */ (error).message);
  }
  if (!options.offline) {
    const [relay] = readRelay(JSON.stringify(cloud));
    const findings = [
      await secretFits(relay),
      ...(relay.subscription_keys.length ? [await keysFit(relay.api, relay.subscription_keys)] : []),
    ];
    const bad = findings.find(({verdict}) => verdict === 'bad');
    if (bad) throw new Refusal('refused', `${bad.text}. Nothing was written (--offline writes without asking)`);
    for (const {verdict, text} of findings) say(`${verdict === 'good' ? '✓' : '?'} ${text}`);
  }
  readByTheCore(made.config, program);
  write(folder, {'config.json': made.config, 'relay.json': made.relay});
  say(`✓ written: ${files.map((name) => path.join(folder, name)).join(', ')} (yours alone, mode 0600)\n`);
  process.stdout.write(next(folder, String(values.redirect_uri)));
}

/** The command. @param {string[]} args @param {URL} program foyer.mjs */
export async function main(args, program) {
  /** @type {ReturnType<typeof terminal> | null} */
  let person = null;
  try {
    const {values: options, vendor: named} = optionsOf(args);
    if (options.help) return void process.stdout.write(help);
    if (process.stdin.isTTY && process.stderr.isTTY) person = terminal();
    let vendor = named;
    if (vendor === undefined && person)
      vendor = (
        await person.ask(
          'legrand (Smarther, Legrand’s own cloud) or netatmo (Home + Control, Smarther with Netatmo)? > ',
        )
      ).trim();
    if (vendor !== 'legrand' && vendor !== 'netatmo')
      throw new Refusal(
        'invalid_input',
        `expected legrand or netatmo${vendor ? `, not "${vendor}"` : ''}; foyer init --help`,
      );
    await init(options, vendor, program, person);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say(`foyer init: ${error.text}`);
    process.exitCode = exits[error.kind];
  } finally {
    person?.close();
  }
}
