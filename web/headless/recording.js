// The ends of `report` and `replay`: what is in a report is shown before it is written; a report becomes a cloud.

/** What is in it, for who is to agree. @param {any} summary */
function contents({clouds, answers, bytes, journal, replaced}) {
  const lines = clouds.flatMap(({providers, answers: all}) => [
    providers.join(', '),
    ...all.map((one) => `  ${one.request}  ${one.status || 'no answer'}, ${one.bytes} bytes`),
  ]);
  return `${lines.join('\n')}
${answers} answers (${bytes} bytes) and ${journal} lines about calls and problems. ${replaced} ids, names, places and other texts were
replaced, and all times moved. No token, key or header is in it.`;
}

/** @param {Record<string, any>} values the options */
const reportFile = (values) => values.out ?? 'foyer-report.json';
/** @param {string} file */
const isThere = (file) => refuse('storage', 12, `${file} is there already: name another file`, '--out');
/** @param {string} file @param {any} error */
const unwritable = (file, error) => refuse('storage', 12, `${file} can't be written: ${error.code}`, '--out');

/** Before calls are spent: whether the report will have a place. False when that was refused. @param {Record<string, any>} values */
function reportHasPlace(values) {
  const file = reportFile(values);
  if (existsSync(file)) return void isThere(file);
  try {
    accessSync(dirname(file), constants.W_OK);
    return true;
  } catch (error) {
    return void unwritable(file, error);
  }
}

/** @param {string} json of the core @param {Record<string, any>} values the options */
async function writeReport(json, values) {
  const {report, summary} = JSON.parse(json);
  const file = reportFile(values);
  line(process.stderr, contents(summary));
  if (values.yes !== true && !(await agreed(`Write ${file}?`))) {
    return refuse('cancelled', 14, 'nothing was written: --yes writes the report where nobody can be asked', '--yes');
  }
  try {
    writeFileSync(file, report, {flag: 'wx', mode: 0o600});
  } catch (error) {
    return error.code === 'EEXIST' ? isThere(file) : unwritable(file, error);
  }
  return end(JSON.stringify({file, ...summary}), 0);
}

/** The text of a report's file, or nothing when it was refused. @param {string[]} rest */
function reportText(rest) {
  if (rest.length !== 1) return misused('expected replay FILE, a report that foyer report wrote');
  try {
    return readFileSync(rest[0], 'utf8');
  } catch (error) {
    return misused(`${rest[0]} can't be read: ${error.code}`);
  }
}

/** Serves until it is ended. @param {string} json of the core @param {Record<string, any>} values the options */
async function serveReport(json, values) {
  const {replay} = await import('./lib/web/headless/replay.mjs');
  const recording = JSON.parse(json);
  try {
    const {address, config, port} = await replay(recording, values.port ?? '0', new URL(import.meta.url));
    for (const {at, kind, text} of recording.journal) line(process.stderr, `${at} ${kind} ${text}`);
    line(process.stdout, JSON.stringify({address, port, config}));
  } catch (error) {
    if (!error.text) throw error;
    refuse(error.kind, error.kind === 'invalid_input' ? 2 : 13, error.message, '--port');
  }
}
