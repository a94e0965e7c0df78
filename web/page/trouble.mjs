// @ts-check
/**
 * What is said in plain HTML before the program, and when it cannot start: what is wrong, and what to do next. Needs no
 * WebAssembly.
 */

/** @param {string} tag @param {string} text @param {string} [name] class */
function element(tag, text, name = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = name;
  return made;
}

/** What stands there before the program. @param {string} title @param {string[]} lines @param {Node[]} more */
export function say(title, lines, ...more) {
  const boot = /** @type {HTMLElement} */ (document.getElementById('boot'));
  const app = element('p', 'Foyer', 'app');
  boot.replaceChildren(app, element('h1', title), ...lines.map((line) => element('p', line)), ...more);
  return boot;
}

/**
 * Replaces the page.
 * @param {string} title what is wrong @param {string[]} lines the next steps @param {string} [details] technical
 */
export function stop(title, lines, details = '') {
  const again = element('button', 'Try again', 'primary');
  again.setAttribute('type', 'button');
  again.addEventListener('click', () => location.reload());
  const boot = say(title, lines, ...(details ? [element('code', details)] : []), again);
  boot.setAttribute('role', 'main');
  boot.hidden = false;
  document.getElementById('mirror')?.remove();
  document.body.className = 'stopped';
  document.title = `${title} – Foyer`;
}

/**
 * One line above everything, with a button that puts it away.
 * @param {string} text @param {{label: string, close: string, work: () => void}} [action] what can be done about it; without
 *   one it is a warning
 */
export function notice(text, action) {
  const bar = /** @type {HTMLElement} */ (document.getElementById('notice'));
  /** @param {string} label @param {() => void} work @param {string} [name] */
  const button = (label, work, name) => {
    const made = element('button', label, name);
    made.setAttribute('type', 'button');
    made.addEventListener('click', () => {
      bar.hidden = true;
      work();
    });
    return made;
  };
  bar.replaceChildren(
    element('p', text),
    ...(action ? [button(action.label, action.work, 'primary')] : []),
    button(action?.close ?? 'Close this message', () => {}),
  );
  bar.className = action ? 'calm' : '';
  bar.hidden = false;
}
