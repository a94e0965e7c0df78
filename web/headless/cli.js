// The command line of the headless client. Comes, with the files beside it, after the code that Emscripten writes into the same
// file.
import {accessSync, constants, existsSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {basename, dirname, join} from 'node:path';
import {createInterface} from 'node:readline/promises';
import {parseArgs} from 'node:util';

const line = (stream, text) => stream.write(`${text}\n`);

let eyes = false; // --table

/** Ends the program once everything is written. */
const end = (json, exit) => {
  process.exitCode = exit;
  const text = json && eyes ? table(json) : json;
  // For eyes an error is no answer: a pipe gets nothing of it.
  const stream = eyes && exit !== 0 && json?.startsWith('{"error"') ? process.stderr : process.stdout;
  stream.write(text ? `${text}\n` : '', () => process.exit(exit));
};
const refuse = (kind, exit, message, field) =>
  end(JSON.stringify({error: {kind, message, ...(field ? {field} : {})}}), exit);
const misused = (message, field) => refuse('invalid_input', 2, message, field);

/** An event for standard error: a line of JSON, or words for eyes; calls are for scripts. @param {string} json */
function tell(json) {
  if (!eyes) return line(process.stderr, json);
  const {event, text, error} = JSON.parse(json);
  if (event !== 'call') line(process.stderr, harmless(text ?? error?.message ?? json));
}

/** Asks a person at a terminal; nobody there is a no. @param {string} question */
async function agreed(question) {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const lines = createInterface({input: process.stdin, output: process.stderr});
  const answer = await lines.question(`${question} [y/N] `);
  lines.close();
  return /^(y|yes|o|oui|s|sì|si)$/i.test(answer.trim());
}

/** What is wrong with the options of a command, or nothing. @param {string} command @param {any} values */
function checkOptions(command, values) {
  const own = [...(commands[command].options ?? []), ...everywhere];
  const strange = Object.keys(values).find((name) => !own.includes(name));
  if (strange) return `${command} takes no --${strange}; see: foyer help ${command}`;
  for (const name of ['timeout', 'every', 'for']) {
    if (values[name] !== undefined && !(Number(values[name]) > 0)) return [`expected seconds`, `--${name}`];
  }
  return undefined;
}

/** Starts one of `programs`. @param {string} name @param {string[]} args */
const start = async (name, args) =>
  (await import(`./lib/web/headless/${name}.mjs`)).main(args, new URL(import.meta.url));

/** @returns {{values: Record<string, any>, positionals: string[]} | undefined} nothing when it was refused */
function parsed() {
  const described = Object.fromEntries(
    Object.entries(options).map(([name, {value}]) => [name, {type: value ? 'string' : 'boolean'}]),
  );
  described.help.short = 'h';
  eyes = process.argv.includes('--table'); // also for what is refused here
  try {
    return parseArgs({allowPositionals: true, options: /** @type {any} */ (described)});
  } catch (error) {
    const wrong = /'(?:-\w, )?--([\w-]+)/.exec(error.message)?.[1] ?? '';
    const near = wrong && !options[wrong] ? didYouMean(wrong, Object.keys(options)) : '';
    misused(
      error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && wrong
        ? `there is no option --${wrong}${near}; see --help`
        : `${error.message}; see --help`,
    );
    return undefined;
  }
}

async function main() {
  const [first, ...after] = process.argv.slice(2);
  if (Object.hasOwn(programs, first ?? '')) return start(first, after);
  const given = parsed();
  if (!given) return undefined;
  const {
    values,
    positionals: [command, ...rest],
  } = given;
  if (values.version) return line(process.stdout, foyerVersion);
  if (!command && values.help) return process.stdout.write(help());
  if (!command) return misused(`which command? ${known().join(', ')}; see --help`);
  if (!Object.hasOwn(commands, command))
    return misused(`"${command}" is not a command${didYouMean(command, known())}; see --help`);
  if (command === 'help' || values.help) {
    const about = command === 'help' ? (rest[0] ?? (values.help ? 'help' : undefined)) : command;
    if (Object.hasOwn(programs, about ?? '')) return start(about, ['--help']);
    if (about !== undefined && !Object.hasOwn(commands, about))
      return misused(`"${about}" is not a command${didYouMean(about, known())}; see --help`);
    return process.stdout.write(about === undefined ? help() : helpOf(about));
  }
  if (command === 'completion') {
    if (!Object.hasOwn(shells, rest[0] ?? ''))
      return misused(`expected completion bash, zsh or fish${rest[0] ? `, not "${rest[0]}"` : ''}`);
    return process.stdout.write(shells[/** @type {keyof typeof shells} */ (rest[0])]());
  }
  const strange = checkOptions(command, values);
  if (strange) return misused(...[strange].flat());
  return carryOut(command, rest, values);
}

/** @param {string} command @param {string[]} rest @param {Record<string, any>} values */
async function carryOut(command, rest, values) {
  const file = values.config ?? (commands[command].config === false ? undefined : process.env.FOYER_CONFIG);
  if (commands[command].config !== false && !file) {
    return refuse(
      'config',
      3,
      'expected --config FILE, the config.json of the page (or FOYER_CONFIG in the environment)',
      '--config',
    );
  }
  let config = '';
  try {
    if (file) config = readFileSync(file, 'utf8');
  } catch (error) {
    return refuse(
      'config',
      3,
      `${file} can't be read: ${error.code}; docs/config.md describes it, foyer init writes it`,
      '--config',
    );
  }
  const order = {
    command,
    arguments: rest,
    account: values.account ?? '',
    redirect: '',
    body: values.body ?? '',
    config,
    file: file ? basename(file) : 'config.json',
    base: values.base ?? '',
    from: values.from ?? '',
    to: values.to ?? '',
    scale: values.scale ?? '',
    type: values.type ?? '',
    hook: '',
    signature: values.signature ?? '',
    secret: '',
    words: '',
    fresh: values.fresh === true,
    any_clock: values['ignore-clock'] === true,
    every: Math.ceil(Number(values.every ?? 60)),
    ...(values.for ? {lasting: Math.ceil(Number(values.for) * 1000)} : {}),
  };
  if (values.language && values.language !== 'en') {
    try {
      if (!languages.includes(values.language)) throw Error();
      order.words = readFileSync(new URL(`${values.language}.words`, import.meta.url), 'utf8');
    } catch {
      return misused(`expected ${languages.join(', ')}, not "${values.language}"`, '--language');
    }
  }
  if (command === 'hook') {
    if (!values.verify) return misused('expected hook --verify FILE', '--verify');
    if (values.signature === '') return misused('is empty', '--signature');
    try {
      order.hook = readFileSync(values.verify === '-' ? 0 : values.verify).toString('base64url');
    } catch (error) {
      return misused(`${values.verify} can't be read: ${error.code}`, '--verify');
    }
    order.secret = process.env.FOYER_CLIENT_SECRET ?? '';
  }
  if (command === 'report' && !reportHasPlace(values)) return undefined;
  const recording = command === 'replay' ? reportText(rest) : '';
  if (recording === undefined) return undefined;
  let listener;
  if (command === 'sign-in') {
    if (existsSync(join(dirname(file), 'index.html'))) {
      tell(
        JSON.stringify({
          event: 'warning',
          text: `${file} lies in the folder of a page: secrets would be beside it. Use a copy in a folder of your own.`,
        }),
      );
    }
    const address = values.redirect ?? redirectOf(config, values.account);
    if (!/^http:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?\//.test(address ?? '')) {
      return misused(
        'expected an address on this machine that is registered with the provider: --redirect http://127.0.0.1:PORT/callback',
        '--redirect',
      );
    }
    listener = new Listener(address, Number(values.timeout ?? 300));
    try {
      order.redirect = await listener.start();
    } catch (error) {
      const taken =
        error.code === 'EADDRINUSE'
          ? '; another program has that port: end it, or register another redirect address'
          : '';
      return refuse('unsupported', 13, `can't listen at ${address}: ${error.code}${taken}`, '--redirect');
    }
  }
  const opens = values.browser || (process.stderr.isTTY && !values['no-browser']);

  await Module({
    arguments: [JSON.stringify(order)],
    foyerFiles: {vault: `${file}.vault`, records: `${file}.records`, passphrase: process.env.FOYER_PASSPHRASE ?? ''},
    foyerPrint: (json) => {
      listener?.expect(json);
      line(process.stdout, eyes && command === 'watch' ? changeLine(json) : json);
      const {authorize} = listener ? JSON.parse(json) : {};
      if (authorize && opens) {
        import('./lib/web/headless/open_browser.mjs')
          .then(({openBrowser}) => openBrowser(authorize))
          .then(
            (why) =>
              why &&
              tell(
                JSON.stringify({event: 'warning', text: `no browser was opened (${why}); open the address yourself`}),
              ),
          );
      }
    },
    foyerEvent: tell,
    foyerRedirect: () => listener.next(),
    foyerMaySpend: async (calls) =>
      values.spend === true || agreed(`Ask the clouds themselves, too? It costs ${calls} of today's calls.`),
    foyerFile: () => recording,
    foyerFold: foldName,
    foyerNearest: nearestName,
    foyerEnd: (json, exit) => {
      if (exit === 0) listener?.tell('You are signed in', 'You can close this page.');
      else
        listener?.tell('The sign-in did not work', 'You can close this page and look at the program that started it.');
      const further = {report: writeReport, replay: serveReport}[command];
      if (exit === 0 && further)
        return void further(json, values).catch((error) => refuse('internal', 1, String(error?.message ?? error)));
      end(json, exit);
    },
  });
  return undefined;
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
