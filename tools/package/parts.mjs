// What Foyer can be made of: by which paths of the build each part is recognised, and where its licence text lies. What no
// row recognises stops the build: a new part needs a row before it is handed to anybody.
import path from 'node:path';
import {debian, endOf, mitOf, whole} from './licences.mjs';

/**
 * @typedef {{ root: string, imgui: string, emscripten: string, used: string[] }} Place  folders of the project, of Dear ImGui
 *   and of emcc (empty: not used), and the files of a part that were used
 * @typedef {{ name: string, licence: string, site: string, match: RegExp[], apart?: boolean,
 *   text: (place: Place) => string | null }} Part  `apart`: not copied; the program finds it on the machine it runs on
 */

const share = (/** @type {Place} */ {emscripten}) => path.join(emscripten, '../doc/emscripten/copyright');
const doc = (/** @type {string} */ name) => `/usr/share/doc/${name}/copyright`;
const system = (/** @type {Place} */ {emscripten}, /** @type {string} */ name) =>
  path.join(emscripten, 'system/lib', name);
const beside = (/** @type {Place} */ {used}, /** @type {RegExp} */ one, /** @type {string} */ to) =>
  path.join(path.dirname(used.find((file) => one.test(file)) ?? '/'), to);
const ending = /-+\nThis software is available under 2 licenses/;
const mit = (/** @type {Place} */ {root}) => whole(path.join(root, 'LICENSE')) ?? '';
const installed =
  (/** @type {string[]} */ ...packages) =>
  () =>
    whole(...packages.map(doc)) ?? 'Its licence comes with it, from the system that installed it.';

/** @type {Part[]} */
export const parts = [
  {
    name: 'Inter',
    licence: 'SIL Open Font License 1.1',
    site: 'https://rsms.me/inter/',
    match: [/\/Inter-\w+\.otf$/],
    text: (place) =>
      whole(beside(place, /Inter-/, 'LICENSE.txt'), beside(place, /Inter-/, 'OFL.txt')) ??
      debian(doc('fonts-inter'), '*'),
  },
  {
    name: 'Material Design Icons',
    licence: 'Apache License 2.0',
    site: 'https://pictogrammers.com/library/mdi/',
    match: [/\/@mdi\/font\//],
    text: (place) => whole(beside(place, /@mdi/, '../LICENSE')),
  },
  {
    name: 'stb (stb_truetype, stb_rect_pack, stb_textedit; inside Dear ImGui)',
    licence: 'MIT or public domain',
    site: 'https://github.com/nothings/stb',
    match: [/\/imstb_\w+\.h$/],
    text: ({imgui}) => endOf(path.join(imgui, 'imstb_truetype.h'), ending),
  },
  {
    name: 'Dear ImGui',
    licence: 'MIT',
    site: 'https://github.com/ocornut/imgui',
    match: [/\/(imgui|imconfig)[\w./]*\.(cpp|h)$/],
    text: ({imgui}) => whole(path.join(imgui, 'LICENSE.txt')),
  },
  {
    name: 'nlohmann_json (JSON for Modern C++)',
    licence: 'MIT',
    site: 'https://json.nlohmann.me/',
    match: [/\/nlohmann\//],
    text: (place) => mitOf(place.used, mit(place)) ?? debian(doc('nlohmann-json3-dev'), '*'),
  },
  {
    name: 'Emscripten (its JavaScript and libraries, emmalloc)',
    licence: 'MIT or NCSA',
    site: 'https://emscripten.org/',
    match: [
      /\/lib(GL|html5|al|stubs|noexit|sockets|standalonewasm|jsmath|emmalloc|wasm_workers_stub|bulkmemory|wasmfs\w*)(-[\w-]+)?\.a\(/,
      /\/sysroot\/include\/(emscripten|compat|wasi)\b/,
    ],
    text: (place) => whole(path.join(place.emscripten, 'LICENSE')) ?? debian(share(place), '*'),
  },
  {
    name: 'musl (C library, with Emscripten’s changes)',
    licence: 'MIT',
    site: 'https://musl.libc.org/',
    match: [
      /\/libc(_optz)?(-[\w-]+)?\.a\(/,
      /\/sysroot\/include\/((bits|sys|arpa|net|netinet|netpacket|scsi)\/)?\w+\.h$/,
    ],
    text: (place) => whole(system(place, 'libc/musl/COPYRIGHT')),
  },
  {
    name: 'dlmalloc',
    licence: 'public domain (CC0)',
    site: 'https://gee.cs.oswego.edu/dl/html/malloc.html',
    match: [/\/libdlmalloc(-[\w-]+)?\.a\(/],
    text: (place) =>
      /This is a version \(aka dlmalloc\)[^]*?creativecommons\S+/
        .exec(whole(system(place, 'dlmalloc.c')) ?? '')?.[0]
        .trim() ?? null,
  },
  {
    name: 'libc++ and libc++abi (LLVM)',
    licence: 'Apache License 2.0 with LLVM exceptions',
    site: 'https://libcxx.llvm.org/',
    match: [/\/libc\+\+(abi)?(-[\w-]+)?\.a\(/, /\/sysroot\/include\/c\+\+\//],
    text: (place) => whole(system(place, 'libcxx/LICENSE.TXT')) ?? debian(share(place), 'system/lib/libcxx/*'),
  },
  {
    name: 'compiler-rt and Clang’s own headers (LLVM)',
    licence: 'Apache License 2.0 with LLVM exceptions',
    site: 'https://compiler-rt.llvm.org/',
    match: [/\/libcompiler_rt(-[\w-]+)?\.a\(/, /\/libclang_rt\.[\w-]+\.a\(/, /\/clang\/\d+(\.\d+)*\/include\//],
    text: (place) =>
      whole(system(place, 'compiler-rt/LICENSE.TXT')) ??
      debian(share(place), 'system/lib/compiler-rt/*') ??
      debian(doc('clang-19'), '*'),
  },
  {
    name: 'libunwind (LLVM)',
    licence: 'Apache License 2.0 with LLVM exceptions',
    site: 'https://llvm.org/',
    match: [/\/libunwind(-[\w-]+)?\.a\(/],
    text: (place) => whole(system(place, 'libunwind/LICENSE.TXT')) ?? debian(share(place), 'system/lib/libunwind/*'),
  },
  {
    name: 'Khronos headers (OpenGL ES, EGL)',
    licence: 'MIT',
    site: 'https://www.khronos.org/',
    match: [/\/(GL|GLES[23]?|EGL|KHR)\/\w+\.h$/],
    text: (place) =>
      whole(place.used.find((file) => /khrplatform|gl3|gl\.h|glcorearb/.test(file)) ?? '/')
        ?.match(/\/\*[^]*?\*\//)?.[0]
        .replace(/^\/?\s*\*+\/?/gm, '')
        .trim() ?? null,
  },
  // The native window finds these on the machine that it runs on; what it holds of them are declarations and templates.
  {
    name: 'libcurl',
    licence: 'curl (MIT-like)',
    site: 'https://curl.se/',
    apart: true,
    match: [/\/curl\/\w+\.h$/, /^libcurl\b/],
    text: installed('libcurl4', 'libcurl4t64'),
  },
  {
    name: 'OpenSSL',
    licence: 'Apache License 2.0',
    site: 'https://www.openssl.org/',
    apart: true,
    match: [/\/openssl\/\w+\.h$/, /^lib(ssl|crypto)\b/],
    text: installed('libssl3', 'libssl3t64'),
  },
  {
    name: 'GLFW',
    licence: 'zlib',
    site: 'https://www.glfw.org/',
    apart: true,
    match: [/\/GLFW\/\w+\.h$/, /^libglfw\b/],
    text: installed('libglfw3', 'libglfw3-wayland'),
  },
  {
    name: 'OpenGL (GLVND, Mesa)',
    licence: 'MIT',
    site: 'https://www.mesa3d.org/',
    apart: true,
    match: [/^lib(GL|OpenGL|GLX|EGL)\b/],
    text: installed('libgl1', 'libopengl0'),
  },
  {
    name: 'Pango and Cairo (loaded when they are there)',
    licence: 'LGPL 2 or later',
    site: 'https://pango.gnome.org/',
    apart: true,
    match: [/^libpangocairo\b/],
    text: installed('libpangocairo-1.0-0'),
  },
  {
    name: 'libsecret (loaded when it is there)',
    licence: 'LGPL 2.1 or later',
    site: 'https://gnome.pages.gitlab.gnome.org/libsecret/',
    apart: true,
    match: [/^libsecret\b/],
    text: installed('libsecret-1-0'),
  },
  {
    name: 'GNU C++ library and GCC’s runtime',
    licence: 'GPL 3 with the GCC Runtime Library Exception',
    site: 'https://gcc.gnu.org/',
    apart: true,
    match: [/\/c\+\+\/\d+\//, /\/gcc\/[\w-]+\/\d+\//, /^lib(stdc\+\+|gcc_s|atomic)\./],
    text: installed('libstdc++6'),
  },
  {
    name: 'GNU C library',
    licence: 'LGPL 2.1 or later',
    site: 'https://www.gnu.org/software/libc/',
    apart: true,
    match: [
      /^lib(c|m|dl|pthread|rt)\.so/,
      /^ld-linux/,
      /^\/usr\/include\/(x86_64-linux-gnu\/|aarch64-linux-gnu\/)?(bits|sys|gnu|netinet|arpa|rpc)\//,
      /^\/usr\/include\/(alloca|assert|byteswap|ctype|dirent|dlfcn|elf|endian|errno|fcntl|features|features-time64|float|getopt|inttypes|libintl|limits|link|locale|math|netdb|poll|pthread|pwd|sched|semaphore|signal|spawn|stdc-predef|stdint|stdio|stdlib|string|strings|syscall|syslog|termios|time|unistd|utime|wchar|wctype)\.h$/,
      /\/lib(c|pthread|dl|m|c_nonshared)\.a\(/,
    ],
    text: installed('libc6'),
  },
  {
    name: 'Linux kernel headers',
    licence: 'GPL 2 with the syscall note',
    site: 'https://www.kernel.org/',
    apart: true,
    match: [/^\/usr\/include\/(x86_64-linux-gnu\/|aarch64-linux-gnu\/)?(linux|asm|asm-generic)\//],
    text: () => 'Declarations only: the syscall note puts programs that use them outside the licence.',
  },
];

/** @param {string} used a path, `archive(member)`, or the name of a dynamic library @returns {Part | undefined} */
export const partOf = (used) => parts.find(({match}) => match.some((one) => one.test(used)));
