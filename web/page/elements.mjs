// @ts-check
/**
 * The element for each role: native ones wherever the platform has them, so that keys, touch and assistive technology
 * work without code of ours.
 *
 * @typedef {import('./mirror.mjs').Facts} Facts
 * @typedef {import('./mirror.mjs').Door} Door
 * @typedef {{role: string, level: number, parent: string, outer: HTMLElement, control: HTMLElement, words: HTMLElement | null,
 *   shown: HTMLElement | null, held: boolean}} Twin `words` shows the name, `shown` the value, `held`: a value is being
 *   changed here and not yet sent
 */

/** Containers whose name is a label, not text. @type {Record<string, string>} */
const containers = {
  banner: 'header',
  navigation: 'nav',
  main: 'main',
  complementary: 'aside',
  region: 'section',
  group: 'div',
  list: 'ul',
  listitem: 'li',
  radiogroup: 'div',
  dialog: 'div',
  img: 'div',
  status: 'div',
  alert: 'div',
};
const said = ['group', 'radiogroup', 'dialog', 'img', 'status', 'alert', 'list']; // roles the element alone does not have
const act = {press: 0, setValue: 1, setText: 2};
const pause = 600; // ms after the last change of a value without a key being held

/** @template {keyof HTMLElementTagNameMap} K @param {K} tag @param {string} [name] @returns {HTMLElementTagNameMap[K]} */
function element(tag, name = '') {
  const made = document.createElement(tag);
  if (name) made.className = name;
  return made;
}

/** A label that is seen when the mirror is; the control has the name by itself. @param {string} name */
function caption(name) {
  const made = element('span', name);
  made.setAttribute('aria-hidden', 'true');
  return made;
}

/** @param {string} id @param {string} role @param {Facts} facts @param {Door} door @returns {Twin} */
export function make(id, role, facts, door) {
  const twin = build(id, role, facts, door);
  twin.outer.dataset.node = id;
  twin.outer.classList.add('node', role);
  return twin;
}

/** @param {string} id @param {string} role @param {Facts} facts @param {Door} door @returns {Twin} */
function build(id, role, facts, door) {
  const level = facts.level ?? 0;
  /** @param {HTMLElement} outer @param {Partial<Twin>} [more] @returns {Twin} */
  const twin = (outer, more = {}) => ({
    role,
    level,
    parent: '',
    outer,
    control: outer,
    words: null,
    shown: null,
    held: false,
    ...more,
  });
  if (role in containers) {
    const outer = element(/** @type {'div'} */ (containers[role]));
    if (said.includes(role)) outer.setAttribute('role', role);
    return twin(outer);
  }
  const press = (/** @type {Event} */ event) => {
    // Another tab or window is the browser's affair: a link has an address.
    if (role === 'link' && event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    if (/** @type {HTMLElement} */ (event.currentTarget).getAttribute('aria-disabled') !== 'true')
      door(id, act.press, '', 0);
  };
  // A held Enter clicks again and again: one gesture is one command. The first press and a held Space (which clicks when
  // it is let go) stay the browser's own.
  const once = (/** @type {KeyboardEvent} */ event) => {
    if (event.repeat && event.key === 'Enter') event.preventDefault();
  };
  switch (role) {
    case 'heading': {
      const outer = element(/** @type {'h1'} */ (`h${Math.min(6, Math.max(1, level))}`));
      return twin(outer, {words: outer});
    }
    case 'link': {
      const outer = element('a');
      outer.addEventListener('click', press);
      const words = outer.appendChild(element('span'));
      return twin(outer, {words});
    }
    case 'button':
    case 'switch': {
      const outer = element('button');
      outer.type = 'button';
      if (role === 'switch') outer.setAttribute('role', 'switch');
      outer.addEventListener('keydown', once);
      outer.addEventListener('click', press);
      const words = outer.appendChild(element('span'));
      return twin(outer, {words});
    }
    case 'radio': {
      const outer = element('label'),
        control = element('input'),
        words = element('span');
      control.type = 'radio';
      control.addEventListener('change', press);
      outer.append(control, words);
      return twin(outer, {control, words});
    }
    case 'slider':
      return slider(id, twin, door);
    case 'textbox': {
      // The one who types sees this element itself: caret, selection, composition and paste are the browser's own.
      const outer = element('div'),
        control = element('input'),
        words = caption('words');
      control.type = 'text';
      control.autocomplete = 'off';
      control.spellcheck = false;
      let composing = false;
      const send = () => composing || door(id, act.setText, control.value, 0);
      control.addEventListener('compositionstart', () => (composing = true));
      control.addEventListener('compositionend', () => ((composing = false), send()));
      control.addEventListener('input', send);
      control.addEventListener('keydown', (event) => event.key === 'Enter' && !composing && door(id, act.press, '', 0));
      outer.append(words, control);
      return twin(outer, {control, words});
    }
    case 'progressbar': {
      const outer = element('div'),
        control = element('progress'),
        shown = caption('value');
      outer.append(control, shown);
      return twin(outer, {control, shown});
    }
    default: {
      const outer = element('p');
      return twin(outer, {words: outer});
    }
  }
}

/**
 * A value is sent when the key is let go or the finger lifted, not on every step.
 * @param {string} id @param {(outer: HTMLElement, more: Partial<Twin>) => Twin} twin @param {Door} door
 */
function slider(id, twin, door) {
  const outer = element('div'),
    control = element('input'),
    words = caption('words'),
    shown = caption('value');
  control.type = 'range';
  const made = twin(outer, {control, words, shown});
  let timer = 0,
    keys = false;
  const send = () => {
    clearTimeout(timer);
    if (!made.held) return;
    made.held = false;
    door(id, act.setValue, '', control.valueAsNumber);
  };
  control.addEventListener('input', () => {
    made.held = true;
    spoken(made, control);
    clearTimeout(timer);
    if (!keys) timer = window.setTimeout(send, pause);
  });
  control.addEventListener(
    'keydown',
    (event) => (keys = event.key.startsWith('Arrow') || /^(Page|Home|End)/.test(event.key)),
  );
  control.addEventListener('keyup', () => ((keys = false), send()));
  for (const name of ['pointerup', 'blur']) control.addEventListener(name, send);
  outer.append(words, control, shown);
  return made;
}

/** Until the program says the new value: the old words with the new number. @param {Twin} twin @param {HTMLInputElement} control */
function spoken(twin, control) {
  const text = (control.getAttribute('aria-valuetext') ?? '').replace(/-?\d+([.,]\d+)?/, control.value);
  control.setAttribute('aria-valuetext', text);
  if (twin.shown) twin.shown.textContent = text;
}

/** @param {HTMLElement} on @param {string} name @param {string | number | boolean | undefined} value */
function attribute(on, name, value) {
  if (value === undefined || value === '') on.removeAttribute(name);
  else if (on.getAttribute(name) !== String(value)) on.setAttribute(name, String(value));
}

/** @param {Twin} twin @param {Facts} facts */
export function update(twin, facts) {
  const {control, words, shown, role} = twin;
  const text = role === 'text' && facts.text ? `${facts.name ?? ''} ${facts.text}`.trim() : (facts.name ?? '');
  if (words && words.textContent !== text) words.textContent = text;
  if (shown) shown.textContent = twin.held ? shown.textContent : (facts.text ?? '');
  // Elements whose text is the name need no label; a paragraph may have none.
  if (!words || words.getAttribute('aria-hidden')) attribute(control, 'aria-label', facts.name);
  attribute(
    control,
    'aria-description',
    [role === 'link' || role === 'button' ? facts.text : '', facts.more].filter(Boolean).join(', '),
  );
  attribute(twin.outer, 'title', facts.title);
  if (control instanceof HTMLAnchorElement) attribute(control, 'href', `#${facts.to ?? ''}`);
  attribute(control, 'aria-expanded', facts.expanded);
  attribute(control, 'aria-current', facts.current ? 'page' : undefined);
  attribute(control, 'aria-busy', facts.busy || undefined);
  attribute(twin.outer, 'aria-posinset', role === 'listitem' ? facts.pos : undefined);
  attribute(twin.outer, 'aria-setsize', role === 'listitem' ? facts.of : undefined);
  if (control instanceof HTMLButtonElement) {
    attribute(control, 'aria-disabled', facts.disabled || undefined);
    attribute(control, 'aria-checked', role === 'switch' ? Boolean(facts.checked) : undefined);
  }
  if (control instanceof HTMLProgressElement) {
    control.max = facts.most || 1;
    control.value = facts.value ?? 0;
    attribute(control, 'aria-valuetext', facts.text);
  }
  if (control instanceof HTMLInputElement) updateInput(twin, control, facts);
}

/** @param {Twin} twin @param {HTMLInputElement} control @param {Facts} facts */
function updateInput(twin, control, facts) {
  control.disabled = Boolean(facts.disabled);
  if (twin.role === 'radio') {
    control.name = twin.parent;
    control.checked = Boolean(facts.checked);
  } else if (twin.role === 'textbox') {
    control.placeholder = facts.more ?? '';
    if (control.value !== (facts.text ?? '') && (control !== document.activeElement || !facts.text))
      control.value = facts.text ?? '';
  } else if (!twin.held) {
    control.min = String(facts.least ?? 0);
    control.max = String(facts.most ?? 100);
    control.step = String(facts.step ?? 1);
    control.value = String(facts.value ?? facts.least ?? 0);
    attribute(control, 'aria-valuetext', facts.text);
  }
}
