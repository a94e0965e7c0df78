// @ts-check
/**
 * What is said in plain HTML when the program cannot start: what is wrong, and what to do next. Needs no WebAssembly.
 */

/** @param {string} tag @param {string} text @param {string} [name] class */
function element(tag, text, name = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = name;
  return made;
}

/**
 * Replaces the page.
 * @param {string} title what is wrong @param {string[]} lines the next steps @param {string} [details] technical
 */
export function stop(title, lines, details = '') {
  const boot = /** @type {HTMLElement} */ (document.getElementById('boot'));
  const again = element('button', 'Try again', 'primary');
  again.setAttribute('type', 'button');
  again.addEventListener('click', () => location.reload());
  boot.replaceChildren(element('h1', title), ...lines.map(line => element('p', line)));
  if (details) boot.append(element('code', details));
  boot.append(again);
  boot.setAttribute('role', 'main');
  boot.hidden = false;
  document.getElementById('mirror')?.remove();
  document.body.className = 'stopped';
  document.title = `${title} – Foyer`;
}

/** One line above everything, with a button that puts it away. @param {string} text */
export function notice(text) {
  const bar = /** @type {HTMLElement} */ (document.getElementById('notice'));
  const close = element('button', 'Close this message');
  close.setAttribute('type', 'button');
  close.addEventListener('click', () => (bar.hidden = true));
  bar.replaceChildren(element('p', text), close);
  bar.hidden = false;
}
