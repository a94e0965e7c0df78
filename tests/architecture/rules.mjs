// The arrows of docs/architecture.md as data, and the small readers that the architecture test is made of.

/** Which rooms a room may include, besides itself. @type {Record<string, string[]>} */
export const arrows = {
  'core/base': [],
  'core/ports': ['core/base'],
  'core/model': ['core/base'],
  'core/policy': ['core/base', 'core/ports', 'core/model'],
  'core/oauth': ['core/base', 'core/ports'],
  'core/cloud': ['core/base', 'core/ports', 'core/model', 'core/policy', 'core/oauth'],
  'core/app': ['core/base', 'core/ports', 'core/model', 'core/policy', 'core/oauth', 'core/cloud'],
  'core/sim': ['core/base', 'core/ports'],
};
const core = Object.keys(arrows);
arrows.shell = core.filter((room) => room !== 'core/sim');
arrows.web = [...core, 'shell'];
arrows.native = [...core, 'shell'];

const graphicsHeaders = /^(imgui|imstb|backends\/imgui)/;
const hostHeaders =
  /^(emscripten|GLFW|GL\/|GLES|EGL|curl\/|openssl\/|X11|sys\/|netinet|arpa\/|unistd\.h|poll\.h|pthread\.h|windows\.h|termios\.h|dlfcn\.h|fcntl\.h)/;
const heavyHeaders =
  /^(iostream|ostream|istream|fstream|sstream|iomanip|format|print|regex|locale|codecvt|thread|mutex|future|condition_variable|stop_token|semaphore|latch|barrier)$/;

// One JSON library, entered through three headers of core/base: views, writer, tree.
const jsonLibrary = /^nlohmann\//;

/** @param {string} file @returns {string | undefined} the room a file lies in, undefined outside all rooms */
export function roomOf(file) {
  return Object.keys(arrows).find((room) => file.startsWith(`${room}/`));
}

/** @param {string} text @returns {string[]} what a source includes, comments left out */
export function includesOf(text) {
  return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*["<]([^">]+)[">]/gm)].map((match) => match[1]);
}

/** @param {string} file @param {string} text @returns {string[]} what the file must not include */
export function violations(file, text) {
  const room = roomOf(file);
  if (room === undefined) return [];
  const isHost = room === 'web' || room === 'native';
  return includesOf(text).flatMap((include) => {
    const target = roomOf(include);
    if (target !== undefined && target !== room && !arrows[room].includes(target)) return [`${file}: ${include}`];
    if (!isHost && hostHeaders.test(include)) return [`${file}: ${include} belongs to a host`];
    if (room.startsWith('core/') && graphicsHeaders.test(include)) return [`${file}: ${include} draws`];
    if (room !== 'core/base' && jsonLibrary.test(include))
      return [`${file}: ${include} is entered through core/base/json*.hpp`];
    if (room !== 'native' && heavyHeaders.test(include)) return [`${file}: ${include} is too heavy for the page`];
    return [];
  });
}

/** @param {string} file @param {string} text @returns {string[]} conditionals on a platform or compiler */
export function platformSwitches(file, text) {
  const names =
    /\b(__EMSCRIPTEN__|__wasm\w*|_WIN32|_WIN64|__linux__|__unix__|__APPLE__|__ANDROID__|_MSC_VER|__clang__|__GNUC__)\b/;
  return text
    .split('\n')
    .flatMap((line, index) =>
      /^\s*#\s*(if|ifdef|ifndef|elif|elifdef)\b/.test(line) && names.test(line)
        ? [`${file}:${index + 1}: ${line.trim()}`]
        : [],
    );
}
