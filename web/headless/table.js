// Reports for eyes: the same JSON as scripts get, as columns.

/** A line of what others wrote that is one line and steers no terminal, as core/base/showable says of names. @param {string} text */
const harmless = (text) =>
  text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/[\u061c\u200b\u202a-\u202e\u2060\u2066-\u206f\ufeff\ufff9-\ufffb]/g, '');

/** One value in a cell. @param {any} value @returns {string} */
function cell(value) {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) {
    if (value.every((one) => one?.aspect && 'value' in one)) {
      return value
        .map((one) => `${one.name || one.aspect} ${cell(one.value)}${one.unit ? ` ${one.unit}` : ''}`)
        .join(' · ');
    }
    if (value.every((one) => typeof one !== 'object')) return value.join(', ');
    return String(value.length);
  }
  if (typeof value === 'object')
    return (
      value.message ??
      Object.entries(value)
        .map(([name, one]) => `${name} ${cell(one)}`)
        .join(' · ')
    );
  return String(value);
}

/** Columns a person looks for first; the others follow, and these are left out. */
const firstColumns = ['name', 'title', 'id', 'account', 'status', 'kind'];
const leftOut = /^(raw_|capabilities$|schema$|gateway$|hardware$|parameters$|timetable$|zones$)/;

/** @param {any[]} rows */
function columns(rows) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => !leftOut.test(name));
  names.sort((a, b) => rank(a) - rank(b));
  const lines = [names, ...rows.map((row) => names.map((name) => cell(row[name])))];
  const used = names.map((_, i) => lines.slice(1).some((line) => line[i] !== '–' && line[i] !== ''));
  const widths = names.map((_, i) => Math.min(60, Math.max(...lines.map((line) => [...line[i]].length))));
  return lines.map((line) =>
    line
      .flatMap((text, i) => (used[i] ? [text.padEnd(widths[i])] : []))
      .join('  ')
      .trimEnd(),
  );
}
/** @param {string} name */
const rank = (name) => (firstColumns.includes(name) ? firstColumns.indexOf(name) : name === 'readings' ? 99 : 50);

/** Rooms by name where modules name them by id. @param {any} report */
function withRooms(report) {
  if (!Array.isArray(report.modules) || !Array.isArray(report.ambients)) return report;
  const rooms = new Map(report.ambients.map((/** @type {any} */ one) => [one.id, one.name]));
  return {
    ...report,
    modules: report.modules.map((/** @type {any} */ one) => ({...one, ambient: rooms.get(one.ambient) ?? one.ambient})),
  };
}

/** @param {string} json @returns {string} */
function table(json) {
  const report = JSON.parse(json);
  if (report.error && Object.keys(report).length === 1) {
    const {message, remedy, next, again_at: again} = report.error;
    return [message, remedy, next && `foyer ${next}`, again && `Again at ${again}.`]
      .filter(Boolean)
      .map(harmless)
      .join('\n');
  }
  const whole = withRooms(report);
  const plain = Object.entries(whole).filter(
    ([name, value]) => !leftOut.test(name) && !(Array.isArray(value) && value.some((one) => typeof one === 'object')),
  );
  const lists = Object.entries(whole).filter(
    ([, value]) => Array.isArray(value) && value.some((one) => typeof one === 'object'),
  );
  const width = Math.max(0, ...plain.map(([name]) => name.length));
  const blocks = [
    plain.map(([name, value]) => `${name.padEnd(width)}  ${cell(value)}`),
    ...lists.map(([name, rows]) => [...(lists.length + plain.length > 1 ? [name] : []), ...columns(rows)]),
  ];
  return blocks
    .filter((lines) => lines.length)
    .map((lines) => lines.map(harmless).join('\n'))
    .join('\n\n');
}

/** A line of `watch`. @param {string} json */
function changeLine(json) {
  const {at, room, name, aspect, reading, from, to, unit} = JSON.parse(json);
  if (at === undefined) return json;
  return harmless(
    `${at}  ${room ? `${room}/` : ''}${name}  ${reading ?? aspect}: ${cell(from)} → ${cell(to)}${unit ? ` ${unit}` : ''}`,
  );
}
