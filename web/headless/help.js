// What the commands and options are: the one table that `help`, the completions and the checks of the command line read.

/**
 * `options`: those of its own; `calls`: of the day's calls; `more`: what its help says beside.
 * @typedef {{usage: string[], text: string, options?: string[], calls?: string, more?: string, config?: boolean, example?: string}} Command
 */
const wishes =
  'on|off|level=40|position=0|stop|preferred|setpoint=20.5[:MINUTES]|mode=boost:60|program=2|fan_speed=1|lock|unlock|' +
  'pilot_wire=comfort[:MINUTES]|run';

/** @type {Record<string, Command>} */
const commands = {
  'sign-in': {
    usage: [
      'sign-in [--redirect http://127.0.0.1:PORT/callback] [--timeout SECONDS] [--browser|--no-browser] [--ignore-clock]',
    ],
    text: 'Prints {"authorize": URL}, opens it in the browser at a terminal, and waits for the answer.',
    options: ['redirect', 'timeout', 'browser', 'no-browser', 'ignore-clock'],
    calls: 'none',
    more: 'The redirect address has to be registered with the vendor, letter by letter. --account ID chooses one of several clouds.',
  },
  session: {
    usage: ['session'],
    text: 'Who is signed in where, until when, with which permissions. Warns from day 80 of 90.',
    calls: 'none',
    more: 'Exit code 9 when nobody is signed in.',
  },
  'sign-out': {
    usage: ['sign-out'],
    text: 'Forgets the session on this machine; the consent stays with the vendor.',
    calls: 'none',
  },
  homes: {
    usage: ['homes [--fresh]'],
    text: 'The homes of every cloud that is signed in, from what is kept; age_seconds says since when.',
    options: ['fresh'],
    calls: 'none; the first time, and with --fresh, one per API and one or two per home',
    more: 'A cloud without an answer is told in "incomplete", and the exit code is that of its error.',
  },
  topology: {
    usage: ['topology HOME [--fresh]'],
    text: 'Rooms, modules and what they can do, from what is kept.',
    options: ['fresh'],
    calls: 'none; as homes with --fresh',
  },
  state: {
    usage: ['state HOME [--fresh]'],
    text: 'The same with the values of this moment.',
    options: ['fresh'],
    calls: 'one per read: 1 with Netatmo, one per thermostat or system with Legrand',
  },
  watch: {
    usage: ['watch [HOME] [--every SECONDS] [--for SECONDS] [--fresh]'],
    text: 'One line for each change, until it is ended.',
    options: ['fresh', 'every', 'for'],
    calls: 'what the day has for looking, spread over it: never what is kept for switching',
    more: '--every (60) is raised to what the day affords; standard error says what was in the way.',
  },
  set: {
    usage: [`set HOME MODULE ${wishes} [--fresh]`],
    text: 'Commands a module and waits until the cloud confirms it.',
    options: ['fresh'],
    calls: 'one, and one or two to confirm it',
  },
  schedules: {
    usage: ['schedules HOME [--fresh]'],
    text: 'Heating plans and programmes, from what is kept.',
    options: ['fresh'],
    calls: 'none; as homes with --fresh',
  },
  scenes: {
    usage: ['scenes HOME [--fresh]'],
    text: 'Scenes, from what is kept; run one with: set HOME SCENE run.',
    options: ['fresh'],
    calls: 'none; as homes with --fresh',
  },
  schedule: {
    usage: [
      'schedule HOME switch|end|delete SCHEDULE [--fresh]',
      'schedule HOME rename SCHEDULE NAME [--fresh]',
      'schedule HOME edit SCHEDULE --body JSON',
      'schedule HOME create --body JSON [--fresh]',
    ],
    text: 'Changes a heating plan of Netatmo Connect.',
    options: ['body', 'fresh'],
    calls: 'one, and one to read the homes again; edit reads before, too',
  },
  measures: {
    usage: ['measures HOME MODULE|ROOM [--from TIME] [--to TIME] [--scale SCALE] [--type TYPES] [--fresh]'],
    text: 'Past and present values.',
    options: ['from', 'to', 'scale', 'type', 'fresh'],
    calls: 'one',
  },
  quota: {
    usage: ['quota'],
    text: 'Calls of the day; what halts or blocks them, until when, and what helps.',
    calls: 'none',
  },
  retry: {
    usage: ['retry'],
    text: "Lifts a halt (password or terms of the vendor's app, subscription key) by one call that asks whether it works again.",
    calls: 'none where nothing is halted, else one',
    more: 'A used-up quota ends at the time the service named; nothing lifts it.',
  },
  doctor: {
    usage: ['doctor [--spend]'],
    text: 'Looks at each part of the way to the clouds and says what is wrong with it.',
    options: ['spend'],
    calls: 'none; asks at a terminal before it spends one to three per cloud, elsewhere --spend says yes',
  },
  report: {
    usage: ['report [--out FILE] [--yes]'],
    text: "Writes one file for a bug report: what the clouds answer, as a home that is nobody's.",
    options: ['out', 'yes'],
    calls: 'as homes with --fresh',
    more: 'Ids, names, places, addresses and times are replaced, the same everywhere. It says what is in the file before it is written; --yes agrees.',
  },
  replay: {
    usage: ['replay FILE [--port N]'],
    text: 'Serves a report as a cloud, in the page and for --config, until it is ended.',
    options: ['port'],
    config: false,
    calls: 'none',
    more: 'Prints the address of the page and, in "config", what to put into a config.json for the other commands.',
  },
  call: {
    usage: ['call OPERATION name=value …', 'call METHOD PATH [--body JSON]'],
    text: 'The request console: one request and its whole answer.',
    options: ['body'],
    calls: 'one, or what operations says',
  },
  operations: {
    usage: ['operations [API]'],
    text: 'Every documented request of the clouds.',
    config: false,
    calls: 'none',
  },
  hook: {
    usage: ['hook --verify FILE|- [--signature HEX] [--config FILE]'],
    text: 'Reads an event that a cloud posted, and checks its signature.',
    options: ['verify', 'signature', 'config', 'base', 'account'],
    config: false,
    calls: 'none',
  },
  completion: {
    usage: ['completion bash|zsh|fish'],
    text: 'Prints what the shell needs to complete these words.',
    config: false,
    calls: 'none',
  },
  help: {usage: ['help [COMMAND]'], text: 'This, or more about one command.', config: false, calls: 'none'},
};

/**
 * Commands with files and options of their own, which say themselves what each means: lib/web/headless/NAME.mjs. An option
 * that ends in = takes a value, one that ends in =FILE the name of a file.
 * @type {Record<string, {usage: string, text: string, words: string[], options: string[]}>}
 */
const programs = {
  serve: {
    usage: 'serve [--port N] [--relay FILE]',
    text: 'page, demo cloud and relay on this machine',
    words: [],
    options: [
      'port=',
      'host=',
      'relay=FILE',
      'site=FILE',
      'origin=',
      'cert=FILE',
      'key=FILE',
      'no-demo',
      'open',
      'no-open',
      'help',
    ],
  },
  init: {
    usage: 'init [legrand|netatmo]',
    text: 'writes config.json and relay.json for your registration',
    words: ['legrand', 'netatmo'],
    options: [
      'client-id=',
      'client-secret-file=FILE',
      'keys-file=FILE',
      'redirect=',
      'scopes=',
      'folder=FILE',
      'add',
      'force',
      'offline',
      'id=',
      'name=',
      'providers=',
      'issuer=',
      'jwks=',
      'login=',
      'api=',
      'help',
    ],
  },
};

/** @type {Record<string, {value?: string, text: string}>} */
const options = {
  config: {
    value: 'FILE',
    text: 'the config.json of the page, or FOYER_CONFIG of the environment; FILE.vault beside it keeps secrets (mode 0600), FILE.records homes and calls',
  },
  base: {value: 'URL', text: 'where relative addresses in FILE belong to, when FILE has no "base"'},
  account: {value: 'ID', text: 'which cloud of FILE, when it has several'},
  language: {value: 'LANGUAGE', text: `what is said in words: ${languages.join(', ')}`},
  json: {text: 'output for scripts, one JSON text (the default)'},
  table: {text: 'output for eyes'},
  fresh: {text: 'asks the cloud for homes and plans that are kept'},
  redirect: {
    value: 'URL',
    text: 'address on this machine that the provider sends the answer to; port 0 takes a free one',
  },
  timeout: {value: 'SECONDS', text: 'how long sign-in waits for the person (300)'},
  browser: {text: 'opens the browser, also without a terminal'},
  'no-browser': {text: 'opens none'},
  'ignore-clock': {text: 'goes on although this machine\'s clock is off (the page\'s "continue anyway")'},
  every: {value: 'SECONDS', text: 'the least pause between two looks (60)'},
  for: {value: 'SECONDS', text: 'ends after that time'},
  spend: {text: 'lets doctor spend calls of the day'},
  body: {value: 'JSON', text: 'what call METHOD PATH sends; what of a schedule changes, as schedules prints it'},
  from: {value: 'TIME', text: '2026-01-10T18:00:00Z or Unix seconds'},
  to: {value: 'TIME', text: 'the same'},
  scale: {value: 'SCALE', text: '30min, 1hour, 3hours, 1day, 1week, 1month'},
  type: {value: 'TYPES', text: 'parted by commas: temperature,sp_temperature or sum_energy_buy_from_grid$0 …'},
  out: {value: 'FILE', text: 'where report writes (foyer-report.json); a file that is there stays'},
  yes: {text: 'writes the report without asking'},
  port: {value: 'N', text: 'where replay listens; without it a free one'},
  verify: {value: 'FILE', text: 'a body that a cloud posted; - is standard input'},
  signature: {
    value: 'HEX',
    text: "its X-Netatmo-secret, checked with FOYER_CLIENT_SECRET of the environment or FILE's client_secret",
  },
  help: {text: 'what a command does'},
  version: {text: 'which Foyer this is'},
};
/** Options of every command; one that needs no configuration takes the first three, too, and makes no use of them. */
const everywhere = ['config', 'base', 'account', 'language', 'json', 'table', 'help'];
/** Options of a command that mean something there. @param {string} name */
const optionsOf = (name) => [
  ...(commands[name].options ?? []),
  ...(commands[name].config === false ? everywhere.slice(3) : everywhere),
];
/** Everything that can be asked for. */
const known = () => [...Object.keys(commands), ...Object.keys(programs)];

/** @param {string} name */
const optionLine = (name) =>
  `  --${`${name}${options[name].value ? ` ${options[name].value}` : ''}`.padEnd(20)} ${options[name].text}`;

const exits = `Exit codes:
  0 done · 1 internal fault · 2 invalid_input · 3 config · 4 offline · 5 transport · 6 timeout · 7 malformed
  8 refused · 9 signed_out · 10 protocol · 11 parked · 12 storage · 13 unsupported · 14 cancelled
`;

/** @returns {string} */
const help = () => `Foyer without a window: the Legrand home for scripts. Where it is not installed, foyer is
node build/node/foyer.mjs --config FILE COMMAND …

${Object.entries(programs)
  .map(([name, {usage, text}]) => `  foyer ${usage.padEnd(33)} ${text}; ${name} --help`)
  .join('\n')}
${Object.values(commands)
  .flatMap(({usage, config}) => usage.map((one) => `  foyer ${config === false ? '' : '--config FILE '}${one}`))
  .join('\n')}

${everywhere.concat('version').map(optionLine).join('\n')}

  foyer help COMMAND says the options of a command, what it does and what it costs.
  In the environment BROWSER names the program that opens addresses, FOYER_CLIENT_SECRET is the secret that hook checks with.
  FOYER_PASSPHRASE in the environment seals the secrets in FILE.vault (AES-GCM, PBKDF2); it is needed from then on.

HOME, MODULE and ROOM are ids or names, whatever their case and accents ("Living room/Ceiling light" when several share a
name). Standard output is JSON, standard error one line per call; times are ISO 8601 in UTC. An error says the remedy, the
command that helps ("next") and when it may work again ("again_at").
${exits}`;

/** @param {string} name @returns {string} */
function helpOf(name) {
  const {usage, text, calls, more, config} = commands[name];
  const lines = usage.map((one) => `foyer ${config === false ? '' : '--config FILE '}${one}`);
  return `${lines.join('\n')}

${text}${more ? `\n${more}` : ''}
Calls of the day: ${calls}.

${optionsOf(name).map(optionLine).join('\n')}

${exits}`;
}
