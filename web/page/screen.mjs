// @ts-check
/**
 * Between the browser's events and the program: pointer, wheel, keys, size, appearance, visibility, history and frames.
 * Everything that the program tells comes to `tell` (numbers as in page.hpp).
 *
 * @typedef {import('./foyer.mjs').Foyer} Foyer
 */
import {keepAwake} from './awake.mjs';
import {Mirror} from './mirror.mjs';

/** Order of shell::Appearance::system_colors. */
const systemColors = [
  'Canvas',
  'CanvasText',
  'LinkText',
  'ButtonFace',
  'ButtonText',
  'Highlight',
  'HighlightText',
  'GrayText',
];
const scheme = matchMedia('(prefers-color-scheme: dark)');
const motion = matchMedia('(prefers-reduced-motion: reduce)');
const forced = matchMedia('(forced-colors: active)');
const contrast = matchMedia('(prefers-contrast: more)');
const coarse = matchMedia('(pointer: coarse)');
const pointerKinds = {pointermove: 0, pointerdown: 1, pointerup: 2, pointerleave: 3, pointercancel: 4};
const cursors = ['default', 'pointer', 'text'];
/** What the program's keys are numbered by (main.cpp). */
const keys = ['Escape', '/', 'ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight'];
/** Keys that an input of the mirror needs itself. @type {Record<string, RegExp>} */
const ownKeys = {text: /^(?!ArrowDown$)/, range: /^(Arrow|Page|Home|End)/, radio: /^Arrow/};
/** @type {Map<string, Promise<string>>} */
const files = new Map();
/** @param {string} wanted empty: what the browser prefers */
export const languageOf = (wanted) =>
  wanted || navigator.languages.map((one) => one.slice(0, 2)).find((one) => one in WELCOME) || 'en';
/** The file of a language's words; English needs none. @param {string} wanted */
export function wordsOf(wanted) {
  const language = languageOf(wanted);
  if (!files.has(language)) {
    files.set(
      language,
      language === 'en'
        ? Promise.resolve('')
        : fetch(`./${language}.words`).then(
            (answer) => (answer.ok ? answer.text() : ''),
            () => '',
          ),
    );
  }
  return /** @type {Promise<string>} */ (files.get(language));
}
const line = 40; // pixels a line of a wheel or an arrow key scrolls

export class Screen {
  /** @type {Foyer | null} */
  #foyer = null;
  #canvas = /** @type {HTMLCanvasElement} */ (document.getElementById('canvas'));
  #mirror = new Mirror(/** @type {HTMLElement} */ (document.getElementById('mirror')), (id, act, text, value) =>
    this.#act(id, act, text, value),
  );
  #timer = 0;
  #resized = true;
  #ratio = 0; // that of the picture on the canvas
  #drawing = false;
  #button = 0; // that began the press; of several, another may end it
  /** A press that is the browser's affair, not the program's: the link that it began on, or '' for none. @type {string | null} */
  #elsewhere = null;

  // The context is made while the program comes: that takes longer than any other step of the start. The program asks for it
  // again (canvas.cpp) and gets this one, so these are the attributes it wants.
  constructor() {
    this.#fit();
    this.#canvas.getContext('webgl2', {alpha: false, depth: false, stencil: false, antialias: false});
  }

  /** @type {(what: number, text: string, value: number) => void} */
  tell = (what, text, value) => this.#told[what](text, value);

  /** @type {((text: string, value: number) => void)[]} */
  #told = [
    () => requestAnimationFrame(this.#frame),
    (_, ms) => {
      clearTimeout(this.#timer);
      if (ms >= 0) this.#timer = window.setTimeout(() => this.#foyer?._foyer_timer(), ms);
    },
    (difference) => {
      this.#mirror.apply(JSON.parse(difference));
      if (document.body.classList.contains('starting')) {
        document.body.classList.remove('starting');
        document.getElementById('boot')?.setAttribute('hidden', '');
      }
    },
    (id) => this.#mirror.focus(id),
    (route, replace) => {
      const url = `${location.pathname}#${route}`;
      if (`#${route}` === location.hash) return;
      // The state says that a page of ours is before this one: Back has somewhere to go.
      if (replace) history.replaceState(history.state, '', url);
      else history.pushState(1, '', url);
      keepAwake();
    },
    (title, open) => {
      // what needs somebody: icon and badge say so, too
      document.title = title;
      navigator.setAppBadge?.(open).catch(() => undefined);
      document.querySelector('link[rel=icon]')?.setAttribute('href', open ? 'icon-open.svg' : 'icon.svg');
    },
    (text) => this.#mirror.announce(text),
    (_, cursor) => (this.#canvas.style.cursor = cursors[cursor]),
    (theme) => {
      if (theme) document.documentElement.dataset.theme = theme;
      else delete document.documentElement.dataset.theme;
    },
    async (wanted) => {
      const words = await wordsOf(wanted);
      document.documentElement.lang = words.slice(0, 2) || 'en';
      this.call('_foyer_words', words);
    },
    (route) => (history.state ? history.back() : this.call('_foyer_route', route)),
  ];

  /** @param {Foyer} foyer */
  attach(foyer) {
    this.#foyer = foyer;
    // For people with the console open, and for tests: why frames were drawn, and how many.
    Object.assign(globalThis, {
      foyer: {
        debug: () => {
          const [frames, draws, ...reasons] = foyer.UTF8ToString(foyer._foyer_report()).trimEnd().split('\n');
          return {frames: Number(frames), draws: Number(draws), reasons: reasons.join(', '), webgl: this.#drawing};
        },
      },
    });
    return {
      /** @param {string} config @param {string} base */
      configure: (config, base) =>
        this.#text(config, (one) => this.#text(base, (two) => foyer.UTF8ToString(foyer._foyer_configure(one, two)))),
    };
  }

  /** Calls a function of texts. @param {'_foyer_start' | '_foyer_give_up' | '_foyer_route' | '_foyer_words'} name @param {string[]} texts */
  call(name, ...texts) {
    const at = texts.map((text) => this.#program.stringToNewUTF8(text));
    /** @type {(...at: number[]) => void} */ (this.#program[name])(...at);
    at.forEach((one) => this.#program._free(one));
  }

  /** First picture, and from now on every event. */
  show() {
    this.#size();
    this.#appearance();
    const drawing = Boolean(this.#program._foyer_show());
    this.#mode(drawing ? 'live' : 'none');
    // The first frame is drawn at once: waiting for the browser to offer one costs up to a frame's time.
    this.#frame();
    this.#listen();
  }

  get #program() {
    return /** @type {Foyer} */ (this.#foyer);
  }

  /** @template T @param {string} text @param {(at: number) => T} use @returns {T} */
  #text(text, use) {
    const at = this.#program.stringToNewUTF8(text);
    const result = use(at);
    this.#program._free(at);
    return result;
  }

  /** @param {string} id @param {number} act @param {string} text @param {number} value */
  #act(id, act, text, value) {
    return this.#text(id, (one) => this.#text(text, (two) => Boolean(this.#program._foyer_act(one, act, two, value))));
  }

  #frame = () => {
    if (this.#resized || this.#ratio !== devicePixelRatio) this.#size();
    this.#program._foyer_frame();
  };

  /** @param {'live' | 'lost' | 'none'} canvas */
  #mode(canvas) {
    this.#drawing = canvas === 'live';
    document.documentElement.dataset.canvas = canvas;
    document.body.classList.toggle('no-canvas', !this.#drawing);
    this.#mirror.reveal(!this.#drawing);
  }

  #fit() {
    const {clientWidth: width, clientHeight: height} = this.#canvas;
    const ratio = (this.#ratio = devicePixelRatio);
    const [w, h] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    if (this.#canvas.width !== w || this.#canvas.height !== h) Object.assign(this.#canvas, {width: w, height: h});
    return {width, height, ratio};
  }

  // The canvas is cleared by a new size, so it is set right before a frame is drawn.
  #size() {
    this.#resized = false;
    const {width, height, ratio} = this.#fit();
    this.#program._foyer_resize(width || innerWidth, height || innerHeight, ratio);
  }

  #resize = () => {
    if (this.#resized) return;
    this.#resized = true;
    requestAnimationFrame(() => this.#resized && this.#frame());
  };

  // Another monitor may change the ratio and nothing else. A query names one ratio, so each change asks for the next. Chromium
  // does not always tell (not when its tools set the ratio): a visible page also compares two numbers once a second, and
  // draws only when they differ.
  #followRatio = () => {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        this.#resize();
        this.#followRatio();
      },
      {once: true},
    );
  };

  #watchRatio = () => {
    this.#followRatio();
    setInterval(() => !document.hidden && this.#ratio !== devicePixelRatio && this.#resize(), 1000);
  };

  #appearance = () => {
    const probe = document.createElement('i');
    probe.className = 'probe';
    document.body.append(probe);
    const colors = !forced.matches
      ? []
      : systemColors.map((name) => {
          probe.style.color = name;
          const parts = getComputedStyle(probe).color.match(/[\d.]+/g) ?? [];
          return parts
            .slice(0, 3)
            .map((part) => Number(part).toString(16).padStart(2, '0'))
            .join('');
        });
    probe.remove();
    const size = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    this.#text(colors.join(' '), (at) =>
      this.#program._foyer_appearance(
        scheme.matches,
        motion.matches,
        forced.matches,
        contrast.matches,
        coarse.matches,
        Math.min(2, Math.max(0.8, size || 1)),
        at,
      ),
    );
  };

  /** @param {PointerEvent} event */
  #pointer = (event) => {
    if (!event.isPrimary) return;
    const kind = pointerKinds[/** @type {keyof typeof pointerKinds} */ (event.type)];
    if (kind === 1) {
      this.#button = event.button;
      this.#canvas.setPointerCapture(event.pointerId);
      event.preventDefault(); // the canvas takes no focus from the element the program names
      // Another tab is what the keys say when the press begins; letting them go before the button changes nothing.
      const other = event.button === 1 || (event.pointerType === 'mouse' && (event.ctrlKey || event.metaKey));
      this.#elsewhere = other ? this.#linkAt(event) : null;
    }
    if (this.#elsewhere !== null && kind !== 0) {
      const link = this.#elsewhere;
      if (kind !== 1) this.#elsewhere = null;
      if (kind === 2 && link && this.#linkAt(event) === link) open(`${location.pathname}#${link}`);
      return;
    }
    this.#program._foyer_pointer(kind, event.offsetX, event.offsetY, this.#button, event.pointerType === 'touch');
    // Phones show their keyboard only for a focus set inside the gesture.
    if (event.pointerType === 'touch' && kind === 2) for (let i = 0; i < 3; ++i) this.#program._foyer_frame();
  };

  /** @param {PointerEvent} event */
  #linkAt(event) {
    return this.#program.UTF8ToString(this.#program._foyer_link(event.offsetX, event.offsetY));
  }

  /** @param {WheelEvent} event */
  #wheel = (event) => {
    if (event.ctrlKey) return; // the browser's zoom
    const unit = event.deltaMode === 1 ? line : event.deltaMode === 2 ? this.#canvas.clientHeight : 1;
    this.#program._foyer_wheel(event.deltaX * unit, event.deltaY * unit);
  };

  // Left over from the focused element of the mirror are Escape, the search key, scrolling, and arrows among tiles.
  /** @param {KeyboardEvent} event */
  #key = (event) => {
    if (event.isComposing || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key === 'k' && this.#drawing) {
      event.preventDefault();
      return this.#program._foyer_key(1);
    }
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') return this.#program._foyer_key(0);
    const key = keys.indexOf(event.key);
    if (!this.#drawing || (event.target instanceof HTMLInputElement && ownKeys[event.target.type]?.test(event.key)))
      return;
    if (key > 0) {
      event.preventDefault();
      return this.#program._foyer_key(key);
    }
    const page = this.#canvas.clientHeight * 0.9;
    /** @type {Record<string, number>} */
    const steps = {PageDown: page, PageUp: -page, Home: -1e6, End: 1e6};
    if (event.key in steps) this.#program._foyer_wheel(0, steps[event.key]);
  };

  #listen() {
    const foyer = this.#program;
    for (const name of Object.keys(pointerKinds)) {
      this.#canvas.addEventListener(name, (event) => this.#pointer(/** @type {PointerEvent} */ (event)));
    }
    this.#canvas.addEventListener('wheel', this.#wheel, {passive: true});
    document.addEventListener('keydown', this.#key);
    this.#canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault(); // it may come back
      this.#mode('lost');
      foyer._foyer_context(false);
    });
    this.#canvas.addEventListener('webglcontextrestored', () => {
      this.#mode('live');
      this.#resized = true;
      foyer._foyer_context(true);
    });
    new ResizeObserver(this.#resize).observe(this.#canvas);
    addEventListener('resize', this.#resize);
    this.#watchRatio();
    for (const query of [scheme, motion, forced, contrast, coarse]) query.addEventListener('change', this.#appearance);
    addEventListener('popstate', () => {
      this.call('_foyer_route', location.hash.slice(1));
      keepAwake();
    });
    keepAwake();
    addEventListener('online', () => foyer._foyer_outside(1));
    addEventListener('offline', () => foyer._foyer_outside(0));
    document.addEventListener('visibilitychange', () => foyer._foyer_outside(document.hidden ? 2 : 3));
    addEventListener('pageshow', (event) => event.persisted && foyer._foyer_outside(4)); // P11
    if (!navigator.onLine) foyer._foyer_outside(0);
    if (document.hidden) foyer._foyer_outside(2);
  }
}
