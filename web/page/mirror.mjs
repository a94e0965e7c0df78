// @ts-check
/**
 * The mirror: real elements over the canvas, kept equal to the program's semantic tree (mirror.hpp says what comes in).
 * Focus, clicks, keys and values of these elements go back as acts; the canvas below gets the pointer. Without a canvas
 * the same elements are the visible interface.
 *
 * @typedef {{name?: string, text?: string, more?: string, title?: string, to?: string, value?: number, least?: number, most?: number, step?: number,
 *   checked?: boolean, expanded?: boolean, current?: boolean, disabled?: boolean, busy?: boolean, level?: number,
 *   pos?: number, of?: number}} Facts
 * @typedef {{gone: string[], set: [string, string, string, Facts][], at: [string, number, number, number, number][],
 *   order?: string[]}} Difference
 * @typedef {(id: string, act: number, text: string, value: number) => boolean} Door
 */
import {make, update} from './elements.mjs';

/** Numbers of shell::Act. */
export const act = {press: 0, setValue: 1, setText: 2, focus: 3, blur: 4};

/** One node: `outer` is placed and holds children, `control` takes focus. @typedef {import('./elements.mjs').Twin} Twin */

// Each element is a line of its own, to who copies the page or reads it as one text. Takes away what ended it.
/** @param {HTMLElement} outer */
function endLine(outer) {
  if (outer.nextSibling instanceof Text) outer.nextSibling.remove();
}

export class Mirror {
  /** @type {Map<string, Twin>} */
  #twins = new Map();
  #root;
  #door;
  #syncing = false; // focus moves because the program said so
  #voice = /** @type {HTMLElement} */ (document.getElementById('voice'));

  /** @param {HTMLElement} root @param {Door} door */
  constructor(root, door) {
    this.#root = root;
    this.#door = door;
    root.addEventListener('focusin', (event) => this.#focused(event, act.focus));
    root.addEventListener('focusout', (event) => this.#focused(event, act.blur));
  }

  /** @param {Difference} difference */
  apply(difference) {
    const held = this.#root.contains(document.activeElement);
    for (const id of difference.gone) {
      const outer = this.#twins.get(id)?.outer;
      if (outer) (endLine(outer), outer.remove());
      this.#twins.delete(id);
    }
    for (const [id, parent, role, facts] of difference.set) {
      const old = this.#twins.get(id);
      const same = old?.role === role && old.level === (facts.level ?? 0);
      const twin = same ? old : make(id, role, facts, this.#door);
      twin.parent = parent;
      update(twin, facts);
      if (old && !same) this.#replace(old, twin);
      this.#twins.set(id, twin);
    }
    for (const [id, x, y, w, h] of difference.at) {
      const style = this.#twins.get(id)?.outer.style;
      if (!style) continue;
      style.left = `${x}px`;
      style.top = `${y}px`;
      style.width = `${w}px`;
      style.height = `${h}px`;
    }
    if (difference.order) this.#arrange(difference.order);
    // Who had the focus on something that went away starts at the new view's heading, not at the top of the page.
    if (held && !this.#root.contains(document.activeElement)) {
      const heading = /** @type {HTMLElement | null} */ (this.#root.querySelector('h1'));
      heading?.setAttribute('tabindex', '-1');
      heading?.focus({preventScroll: true});
    }
  }

  // The same node as another element: its place, its children with their lines, and the focus stay.
  /** @param {Twin} old @param {Twin} made */
  #replace(old, made) {
    const held = /** @type {HTMLElement | null} */ (
      old.outer.contains(document.activeElement) ? document.activeElement : null
    );
    this.#quietly(() => {
      for (const child of /** @type {HTMLElement[]} */ ([...old.outer.children])) {
        if (!child.dataset.node) continue;
        endLine(child);
        made.outer.append(child, '\n');
      }
      made.outer.style.cssText = old.outer.style.cssText;
      old.outer.replaceWith(made.outer);
      (held === old.control ? made.control : held)?.focus({preventScroll: true});
    });
  }

  /** @param {string[]} order */
  #arrange(order) {
    /** @type {Map<Element, Element | null>} */
    const last = new Map();
    for (const id of order) {
      const twin = this.#twins.get(id);
      if (!twin) continue;
      const home = this.#twins.get(twin.parent)?.outer ?? this.#root;
      const before = last.get(home) ?? null;
      const wanted = before ? before.nextElementSibling : this.#firstChild(home);
      if (wanted !== twin.outer) {
        const held = twin.outer.contains(document.activeElement)
          ? /** @type {HTMLElement} */ (document.activeElement)
          : null;
        this.#quietly(() => {
          endLine(twin.outer);
          home.insertBefore(twin.outer, wanted);
          twin.outer.after('\n');
          held?.focus({preventScroll: true});
        });
      }
      last.set(home, twin.outer);
    }
  }

  // Labels of our own come before the children.
  /** @param {Element} home */
  #firstChild(home) {
    let child = home.firstElementChild;
    while (child && !(/** @type {HTMLElement} */ (child).dataset.node)) child = child.nextElementSibling;
    return child;
  }

  /** The program's focus moved. @param {string} id */
  focus(id) {
    const control = this.#twins.get(id)?.control;
    if (control && control !== document.activeElement) this.#quietly(() => control.focus({preventScroll: true}));
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    if (!id && active && this.#root.contains(active)) this.#quietly(() => active.blur());
  }

  /** @param {string} text */
  announce(text) {
    // The same words twice in a row are a change only with something else between them.
    this.#voice.textContent = this.#voice.textContent === text ? `${text}\u00a0` : text;
  }

  /** The elements are seen (no canvas) or only heard. @param {boolean} visible */
  reveal(visible) {
    this.#root.classList.toggle('seen', visible);
  }

  /** @param {() => void} move */
  #quietly(move) {
    this.#syncing = true;
    move();
    this.#syncing = false;
  }

  /** @param {FocusEvent} event @param {number} what */
  #focused(event, what) {
    const node = /** @type {HTMLElement} */ (event.target).closest('[data-node]');
    const id = /** @type {HTMLElement | null} */ (node)?.dataset.node;
    if (!id || this.#syncing || (what === act.blur && event.relatedTarget === null && !document.hasFocus())) return;
    this.#door(id, what, '', 0);
  }
}
